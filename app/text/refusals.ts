/**
 * Why the provider said no, as the cashier reads it, by the error's code (`ProviderError.code`). Only what a shop can do
 * something about, or must know: for every other code the stage's own words and the code itself stand alone.
 */
export const refusalTexts = {
  nb: {
    'epayment:5040': 'Valutaen er ikke salgsstedets.',
    'epayment:5060': 'Butikkens bankkonto er ikke bekreftet. Eieren må gjøre det i bedriftsportalen.',
    'epayment:5070': 'Salgsstedet kan ikke ta betalt. Eieren må se på salgsstedet i bedriftsportalen.',
    'epayment:5100': 'Salgsstedet kan ikke betale tilbake. Eieren må se på salgsstedet i bedriftsportalen.',
    'epayment:6010': 'Beløpet er for lite.',
    'epayment:6070': 'Betalingen er avbrutt, så pengene kan ikke hentes.',
    'epayment:6090': 'Beløpet er større enn det kunden godkjente.',
    'epayment:6100': 'Fristen for å hente pengene er ute.',
    'epayment:6140': 'Hele beløpet må hentes på en gang.',
    'epayment:6150': 'Beløpet er større enn det som er igjen å betale tilbake.',
    'epayment:6180': 'Beløpet er allerede betalt tilbake.',
    'epayment:6220': 'Fristen på 365 dager for å betale tilbake er ute.',
    'epayment:7010': 'Kunden kan ikke betale på denne måten.',
    'gateway:401': 'Nøklene i innstillingene ble ikke godtatt.',
    'gateway:unauthorized_client': 'Nøklene i innstillingene ble ikke godtatt.',
    'gateway:invalid-msn': 'Salgsstedets nummer i innstillingene hører ikke til nøklene.',
  },
  en: {
    'epayment:5040': 'The currency is not the sales unit’s.',
    'epayment:5060': 'The shop’s bank account has not been verified. The owner must do that in the business portal.',
    'epayment:5070': 'The sales unit cannot take payments. The owner must look at it in the business portal.',
    'epayment:5100': 'The sales unit cannot pay back. The owner must look at it in the business portal.',
    'epayment:6010': 'The amount is too small.',
    'epayment:6070': 'The payment is cancelled, so the money cannot be collected.',
    'epayment:6090': 'The amount is more than the customer approved.',
    'epayment:6100': 'The time for collecting the money is over.',
    'epayment:6140': 'The whole amount must be collected at once.',
    'epayment:6150': 'The amount is more than what is left to pay back.',
    'epayment:6180': 'The amount has been paid back already.',
    'epayment:6220': 'The 365 days for paying back are over.',
    'epayment:7010': 'The customer cannot pay in this way.',
    'gateway:401': 'The keys in the settings were not accepted.',
    'gateway:unauthorized_client': 'The keys in the settings were not accepted.',
    'gateway:invalid-msn': 'The sales unit’s number in the settings does not belong to the keys.',
  },
};
