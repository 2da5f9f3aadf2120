import { getRouteApi } from '@tanstack/react-router';
import { SignIn } from '#web/features/entrance/sign-in.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  return <SignIn next={route.useSearch().next} />;
}
