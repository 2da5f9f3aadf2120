const zones = Intl.supportedValuesOf('timeZone');

/** Time zones as choices. Browsers leave UTC out of their list. */
export const zoneOptions = [...(zones.includes('UTC') ? [] : ['UTC']), ...zones].map((value) => ({
  value,
  label: value.replaceAll('_', ' '),
}));

const currencyNames = new Intl.DisplayNames(undefined, { type: 'currency' });

/** Currencies as choices. */
export const currencyOptions = Intl.supportedValuesOf('currency').map((value) => ({
  value,
  label: `${value}, ${currencyNames.of(value)}`,
}));
