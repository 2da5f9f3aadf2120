export function FeaturesPage() {
  return null;
}
export function SignalsPage() {
  return null;
}
