/** What the check of the set-up says, one sentence or two a finding: what is so, and what to do. The advice is the provider's own. */
import type { Language } from '../till/contract.ts';

const nb = {
  ok: 'ok',
  note: 'merk',
  todo: 'GJØR',
  labels: {
    configuration: 'Oppsett',
    keys: 'Nøkler',
    reach: 'Nett',
    token: 'Adgang',
    clock: 'Klokke',
    unit: 'Salgssted',
    capture: 'Trekk',
    push: 'Telefonnummer',
    probe: 'Prøvebetaling',
    qr: 'QR-kode',
    webhooks: 'Varsler',
    distance: 'Fjernsalg',
    printer: 'Skriver',
    folder: 'Datamappe',
    journal: 'Journal',
  },
  allGood: 'Alt er i orden.',
  toDo: { one: 'Én ting må gjøres.', more: '{count} ting må gjøres.' },
  scan: 'Skann koden i dette bildet med din egen telefon innen {seconds} sekunder. Du får {amount} tilbake: {url}',
  environments: { practice: 'øvelse', sandbox: 'øvelse', test: 'testmiljøet', production: 'ekte salg' },
  findings: {
    'configuration-good': 'Oppsettet kan leses: {shop}, {register}.',
    'configuration-bad':
      'Oppsettet {file} kan ikke brukes. Feltene er forklart i docs/configuration.md. Dette er galt, på filens eget språk, engelsk: {problem}',
    practice: 'Kassen øver. Den har ingen nøkler å sjekke, og ingen penger flyttes.',
    'keys-merchant': 'Alle fire nøklene er på plass. De er butikkens egne, for {environment}.',
    'keys-partner': 'Alle fire nøklene er på plass. De er partnerens, for {environment}, og det selges på vegne av {msn}.',
    'keys-head-office': 'Kassen har ingen nøkler. Hovedkontoret har dem, og tar betalt for den: {environment}.',
    'relay-good': 'Hovedkontoret tar betalt for denne kassen.',
    'relay-silent': 'Hovedkontoret ({host}) svarer ikke. Sjekk nettet og adressen. Uten det tar kassen bare kontant og kort.',
    'relay-not-enrolled': 'Hovedkontoret kjenner ikke denne kassen. Be om en ny kode der, og meld kassen inn.',
    'relay-refused': 'Hovedkontoret kan ikke ta betalt for denne kassen slik den er satt opp ({code}). Be hovedkontoret se på det.',
    'relay-later': 'Hovedkontoret får ikke tak i betalingstjenesten akkurat nå ({code}). Prøv igjen om litt.',
    'reach-good': '{host} svarer.',
    'reach-no-name': 'Fant ikke {host}. Sjekk adressen i oppsettet, at maskinen er på nett, og navnetjeneren (DNS).',
    'reach-refused': '{host} tar ikke imot forbindelsen. Sjekk adressen, og at brannmuren slipper kassen ut.',
    'reach-silent': '{host} svarer ikke. Sjekk at maskinen er på nett, og at brannmuren slipper kassen ut.',
    'reach-certificate':
      'Forbindelsen til {host} er ikke trygg ({reason}). Ofte er det et virusprogram eller en proxy som leser trafikken: den må slippe {host} urørt gjennom. Sjekk også maskinens dato.',
    'reach-web-page':
      'En nettside svarte i stedet for {host} (HTTP {status}). Det er ofte en proxy, en brannmur eller et gjestenett som vil ha pålogging. Kassen må nå {host} direkte.',
    'reach-proxy-login': 'En proxy vil ha pålogging (HTTP 407). Kassen må nå {host} direkte.',
    'reach-other-host':
      '{host} er ikke betalingstjenesten (HTTP {status}). Testmiljøet er https://apitest.vipps.no, ekte salg er https://api.vipps.no.',
    'reach-other': 'Kom ikke fram til {host} ({reason}). Sjekk nettet, og prøv igjen.',
    'proxy-not-used': 'Maskinen er satt opp med en proxy ({proxy}). Kassen bruker den ikke: den går rett til {host}.',
    'token-good': 'Nøklene virker. Adgangen kom på {ms} ms.',
    'token-slow': 'Nøklene virker, men adgangen tok {ms} ms. Kassen henter den på forhånd, så kunden merker det sjelden. Er nettet tregt?',
    'token-late': 'Adgangen kom ikke innen {seconds} sekunder. Betalingstjenesten eller nettet er tregt; prøv igjen om litt.',
    'token-client':
      'client_id finnes ikke i {environment}. Test og ekte salg har hver sine nøkler og hvert sitt salgssted. Hent alle fire på portal.vipps.no, under Utvikler, for samme salgssted.',
    'token-secret': 'client_secret er feil. Hent den på nytt på portal.vipps.no, under Utvikler, for det samme salgsstedet.',
    'token-subscription':
      'Ocp-Apim-Subscription-Key ble ikke godtatt. Hent den på nytt på portal.vipps.no, under Utvikler: alle fire må være fra samme salgssted og samme miljø.',
    'token-msn':
      'Salgsstedet {msn} hører ikke til disse nøklene. Sjekk MSN på portal.vipps.no; nøkler for testmiljøet virker ikke i ekte salg, og omvendt.',
    'token-msn-partner':
      'Salgsstedet {msn} er ikke registrert på partneren som nøklene tilhører. Butikken må velge partneren på portal.vipps.no, eller så er MSN feil.',
    'token-forbidden':
      'Salgsstedet {msn} får ikke ta betalt (HTTP 403). Det er ofte bare godkjent for innlogging: bestill betaling på portal.vipps.no. Med partnernøkler må salgsstedet være partnerens.',
    'token-busy': 'Betalingstjenesten ber kassen vente (HTTP 429). Prøv igjen om et minutt.',
    'token-trouble': 'Betalingstjenesten har trøbbel (HTTP {status}). Se driftsstatus hos Vipps MobilePay, og prøv igjen om litt.',
    'token-odd': 'Betalingstjenesten svarte ikke som ventet ({code}). Prøv igjen; hjelper det ikke, send hjelpefilen.',
    'clock-good': 'Maskinens klokke går riktig.',
    'clock-slow': 'Maskinens klokke går {seconds} sekunder for sent. Slå på automatisk tid: kvitteringer og journal skal ha riktig tid.',
    'clock-fast': 'Maskinens klokke går {seconds} sekunder for fort. Slå på automatisk tid: kvitteringer og journal skal ha riktig tid.',
    'clock-unknown': 'Betalingstjenesten fortalte ikke hva klokken er.',
    'unit-good': 'Salgsstedet {msn} heter {name}.',
    'unit-unknown':
      'Nøklene ser ikke salgsstedet {msn}. Sjekk MSN og nøkler på portal.vipps.no; med partnernøkler må salgsstedet være registrert på partneren.',
    'unit-no-payments':
      'Salgsstedet {msn} får ikke ta betalt. Det er ofte bare godkjent for innlogging: bestill betaling på portal.vipps.no.',
    'unit-not-told':
      'Betalingstjenesten forteller ikke om salgsstedet ({code}). Se det på portal.vipps.no, under Utvikler, eller prøv med en prøvebetaling.',
    'capture-reserve': 'Kassen reserverer først og trekker når salget er ferdig.',
    'capture-direct':
      'Pengene trekkes med en gang kunden godkjenner («direct capture»). Kassen takler det: angres et salg, betales det tilbake. Vil dere reservere først, må partneren eller kontakten hos Vipps be om det.',
    'capture-not-told': 'Om salgsstedet reserverer eller trekker med en gang, er ikke fortalt. En prøvebetaling som godkjennes, viser det.',
    'push-good': 'Krav kan sendes rett til kundens telefonnummer.',
    'push-off':
      'Krav kan ikke sendes rett til et telefonnummer. QR-koden og kundens egen kode virker. Trenger dere det: be Vipps kundesenter om et salgssted med «skipLandingPage».',
    'push-not-told': 'Om krav kan sendes rett til et telefonnummer, er ikke fortalt. Se salgsstedet på portal.vipps.no, under Utvikler.',
    'qr-good': 'Et ekte QR-bilde kom på {ms} ms.',
    'qr-answers': 'QR-tjenesten svarer. Et ekte bilde hentes bare med en prøvebetaling.',
    'qr-bad': 'QR-bildet kom ikke ({code}). Kunden får ingen kode å skanne. Sjekk at brannmuren slipper kassen til {host}, og prøv igjen.',
    'probe-cancelled': 'En prøvebetaling på {amount} ble laget, sett og avbrutt. Ingen penger ble flyttet.',
    'probe-released': 'En prøvebetaling på {amount} ble godkjent, reservert og frigitt. Kunden er ikke trukket.',
    'probe-refunded': 'En prøvebetaling på {amount} ble godkjent, trukket og betalt tilbake.',
    'probe-refused': 'Prøvebetalingen ble ikke tatt imot ({code}). {advice}',
    'probe-left':
      'Prøvebetalingen {reference} på {amount} er ikke bekreftet tatt tilbake ennå ({code}). Kjør sjekken igjen om litt; ellers finn den på portal.vipps.no og gi pengene tilbake der.',
    'probe-swept': 'En prøvebetaling fra en avbrutt sjekk, {reference}, er nå tatt tilbake.',
    'probe-needs-folder': 'En prøvebetaling noteres før den lages. Si hvor, med --data.',
    'webhooks-none': 'Ingen varsler er registrert. Kassen spør selv hvert sekund, så det trengs ikke.',
    'webhooks-some': '{count} varsler er registrert. De går til {hosts}.',
    'webhooks-missing':
      'Ingen varsler er registrert ennå. Kassen har en adresse utenfra og registrerer dem selv når den starter, og hver dag.',
    'webhooks-not-told': 'Varslene kunne ikke hentes ({code}). Kassen spør selv hvert sekund, så salget går som det skal.',
    'distance-good': 'Salgsstedet for kunder som ikke er her, {msn}, svarer. Send kvittering i appen, og hent pengene når varen leveres.',
    'distance-bad': 'Salgsstedet for kunder som ikke er her, {msn}: {problem}',
    'printer-virtual': 'Kassen skriver til øveskriveren på skjermen.',
    'printer-good': 'Skriveren er klar.',
    'printer-low': 'Skriveren er klar, men det er lite papir igjen.',
    'printer-silent': 'Skriveren tar imot, men sier ikke fra om papir og lokk. Se til den selv.',
    'printer-elsewhere': 'Kassen som er i gang, har skriveren. Lyset øverst på kassererens skjerm sier hvordan den har det.',
    'printer-trouble': '{trouble}',
    'folder-good': 'Datamappen kan skrives til, og {free} er ledig.',
    'folder-running': 'En kasse er i gang på datamappen, og {free} er ledig.',
    'folder-new': 'Datamappen finnes ikke ennå. Kassen lager den ved første start.',
    'folder-read-only': 'Datamappen {folder} kan ikke skrives til. Gi brukeren som kjører kassen, lov til det.',
    'folder-full': 'Det er bare {free} ledig der datamappen er. Rydd: uten plass stopper salget.',
    'folder-not-one': '{folder} er ikke en mappe. Velg en annen med --data.',
    'folder-purpose':
      'Datamappen {folder} er til {was}, og oppsettet er for {environment}. Øvelse, test og ekte salg skal ikke i samme journal: velg en annen mappe.',
    'journal-good': 'Journalen henger sammen til siste innslag, nummer {seq}. «npm run journal -- verify» går gjennom alt.',
    'journal-empty': 'Journalen er tom. Kassen har ikke vært startet her.',
    'journal-bad': 'Journalen er skadet. {problem} Ikke selg videre på den: ta vare på mappen, og hent siste sikkerhetskopi.',
  },
  advice: {
    portal: 'Se salgsstedet på portal.vipps.no, under Utvikler.',
    deactivated:
      'Salgsstedet er stengt. Det skjer når noen stenger det på portal.vipps.no, eller når firmaet er slettet i Brønnøysund; eieren kan åpne det igjen med BankID.',
    'no-payments': 'Salgsstedet er ikke godkjent for betaling. Bestill det på portal.vipps.no.',
    later: 'Ingenting ble laget. Prøv igjen om litt.',
  },
};

export type DoctorTexts = typeof nb;

const en: DoctorTexts = {
  ok: 'ok',
  note: 'note',
  todo: 'TO DO',
  labels: {
    configuration: 'Configuration',
    keys: 'Keys',
    reach: 'Network',
    token: 'Access',
    clock: 'Clock',
    unit: 'Sales unit',
    capture: 'Collecting',
    push: 'Phone number',
    probe: 'Test payment',
    qr: 'QR',
    webhooks: 'Notifications',
    distance: 'Distance selling',
    printer: 'Printer',
    folder: 'Data folder',
    journal: 'Journal',
  },
  allGood: 'Everything is in order.',
  toDo: { one: 'One thing must be done.', more: '{count} things must be done.' },
  scan: 'Scan the code in this picture with your own phone within {seconds} seconds. You get {amount} back: {url}',
  environments: { practice: 'practice', sandbox: 'practice', test: 'the test environment', production: 'real sales' },
  findings: {
    'configuration-good': 'The configuration can be read: {shop}, {register}.',
    'configuration-bad': 'The configuration {file} cannot be used. {problem}',
    practice: 'The register practises. It has no keys to check, and no money moves.',
    'keys-merchant': 'All four keys are in place. They are the shop’s own, for {environment}.',
    'keys-partner': 'All four keys are in place. They are the partner’s, for {environment}, and sell on behalf of {msn}.',
    'keys-head-office': 'The register has no keys. Head office has them, and takes payments for it: {environment}.',
    'relay-good': 'Head office takes payments for this register.',
    'relay-silent':
      'Head office ({host}) does not answer. Check the network and the address. Without it the register takes cash and cards only.',
    'relay-not-enrolled': 'Head office does not know this register. Ask for a new code there, and enrol the register.',
    'relay-refused': 'Head office cannot take payments for this register the way it is set up ({code}). Ask head office to look.',
    'relay-later': 'Head office does not reach the payment service right now ({code}). Try again in a while.',
    'reach-good': '{host} answers.',
    'reach-no-name': '{host} was not found. Check the address in the configuration, that the machine is online, and its name server (DNS).',
    'reach-refused': '{host} does not take the connection. Check the address, and that the firewall lets the register out.',
    'reach-silent': '{host} does not answer. Check that the machine is online, and that the firewall lets the register out.',
    'reach-certificate':
      'The connection to {host} is not safe ({reason}). Often a virus scanner or a proxy reads the traffic: it must let {host} through untouched. Check the machine’s date too.',
    'reach-web-page':
      'A web page answered in the place of {host} (HTTP {status}). Often that is a proxy, a firewall or a guest network that wants a login. The register must reach {host} directly.',
    'reach-proxy-login': 'A proxy wants a login (HTTP 407). The register must reach {host} directly.',
    'reach-other-host':
      '{host} is not the payment service (HTTP {status}). The test environment is https://apitest.vipps.no, real sales are https://api.vipps.no.',
    'reach-other': 'Could not get through to {host} ({reason}). Check the network, and try again.',
    'proxy-not-used': 'This machine is set up with a proxy ({proxy}). The register does not use it: it goes straight to {host}.',
    'token-good': 'The keys work. Access came in {ms} ms.',
    'token-slow':
      'The keys work, but access took {ms} ms. The register fetches it beforehand, so customers seldom notice. Is the network slow?',
    'token-late': 'Access did not come within {seconds} seconds. The payment service or the network is slow; try again in a while.',
    'token-client':
      'The client_id is not known in {environment}. Test and real sales have keys and sales units of their own. Get all four at portal.vipps.no, under Developer, for the same sales unit.',
    'token-secret': 'The client_secret is wrong. Get it again at portal.vipps.no, under Developer, for the same sales unit.',
    'token-subscription':
      'The Ocp-Apim-Subscription-Key was not accepted. Get it again at portal.vipps.no, under Developer: all four must be of the same sales unit and the same environment.',
    'token-msn':
      'Sales unit {msn} does not belong to these keys. Check the MSN at portal.vipps.no; keys of the test environment do not work for real sales, nor the other way round.',
    'token-msn-partner':
      'Sales unit {msn} is not registered with the partner whose keys these are. The shop must choose the partner at portal.vipps.no, or the MSN is wrong.',
    'token-forbidden':
      'Sales unit {msn} may not take payments (HTTP 403). Often it is approved for login only: order payment at portal.vipps.no. With partner keys the sales unit must be the partner’s.',
    'token-busy': 'The payment service asks the register to wait (HTTP 429). Try again in a minute.',
    'token-trouble': 'The payment service has trouble (HTTP {status}). See Vipps MobilePay’s status page, and try again in a while.',
    'token-odd': 'The payment service did not answer as expected ({code}). Try again; if that does not help, send the support file.',
    'clock-good': 'This machine’s clock is right.',
    'clock-slow': 'This machine’s clock is {seconds} seconds slow. Turn on automatic time: receipts and journal must have the right time.',
    'clock-fast': 'This machine’s clock is {seconds} seconds fast. Turn on automatic time: receipts and journal must have the right time.',
    'clock-unknown': 'The payment service did not tell the time.',
    'unit-good': 'Sales unit {msn} is called {name}.',
    'unit-unknown':
      'The keys do not see sales unit {msn}. Check MSN and keys at portal.vipps.no; with partner keys the sales unit must be registered with the partner.',
    'unit-no-payments': 'Sales unit {msn} may not take payments. Often it is approved for login only: order payment at portal.vipps.no.',
    'unit-not-told':
      'The payment service does not tell about the sales unit ({code}). See it at portal.vipps.no, under Developer, or try with a test payment.',
    'capture-reserve': 'The register reserves first, and collects when the sale is done.',
    'capture-direct':
      'The money is taken as soon as the customer approves (“direct capture”). The register can handle that: a sale that is regretted is paid back. To reserve first, the partner or your contact at Vipps must ask for it.',
    'capture-not-told':
      'Whether the sales unit reserves or takes the money at once was not told. A test payment that is approved shows it.',
    'push-good': 'Requests can be sent straight to the customer’s phone number.',
    'push-off':
      'Requests cannot be sent straight to a phone number. The QR and the customer’s own code work. If you need it: ask Vipps’ customer centre for a sales unit with “skipLandingPage”.',
    'push-not-told':
      'Whether requests can be sent straight to a phone number was not told. See the sales unit at portal.vipps.no, under Developer.',
    'qr-good': 'A real QR picture came in {ms} ms.',
    'qr-answers': 'The QR service answers. A real picture is fetched with a test payment only.',
    'qr-bad':
      'The QR picture did not come ({code}). The customer gets no code to scan. Check that the firewall lets the register through to {host}, and try again.',
    'probe-cancelled': 'A test payment of {amount} was made, seen and cancelled. No money moved.',
    'probe-released': 'A test payment of {amount} was approved, reserved and released. The customer is not charged.',
    'probe-refunded': 'A test payment of {amount} was approved, taken and paid back.',
    'probe-refused': 'The test payment was not accepted ({code}). {advice}',
    'probe-left':
      'It is not confirmed yet that the test payment {reference} of {amount} was taken back ({code}). Run the check again in a while; else find it at portal.vipps.no and give the money back there.',
    'probe-swept': 'A test payment of a check that was cut off, {reference}, has been taken back now.',
    'probe-needs-folder': 'A test payment is noted before it is made. Say where, with --data.',
    'webhooks-none': 'No notifications are registered. The register asks by itself every second, so none are needed.',
    'webhooks-some': '{count} notifications are registered. They go to {hosts}.',
    'webhooks-missing':
      'No notifications are registered yet. The register has an address from outside, and registers them by itself at its start and every day.',
    'webhooks-not-told':
      'The notifications could not be fetched ({code}). The register asks by itself every second, so sales go on as they should.',
    'distance-good':
      'The sales unit for customers who are not here, {msn}, answers. Send receipts in the app, and collect the money when the goods are delivered.',
    'distance-bad': 'The sales unit for customers who are not here, {msn}: {problem}',
    'printer-virtual': 'The register prints on the practice printer on the screen.',
    'printer-good': 'The printer is ready.',
    'printer-low': 'The printer is ready, but there is little paper left.',
    'printer-silent': 'The printer takes what it is sent, but does not tell about paper and cover. Look after it yourself.',
    'printer-elsewhere': 'The register that is running has the printer. The light at the top of the cashier’s screen says how it is.',
    'printer-trouble': '{trouble}',
    'folder-good': 'The data folder can be written to, and {free} is free.',
    'folder-running': 'A register is running on the data folder, and {free} is free.',
    'folder-new': 'The data folder is not there yet. The register makes it at its first start.',
    'folder-read-only': 'The data folder {folder} cannot be written to. Give the user that runs the register the right to it.',
    'folder-full': 'Only {free} is free where the data folder is. Tidy up: without room no sale can go on.',
    'folder-not-one': '{folder} is not a folder. Choose another one with --data.',
    'folder-purpose':
      'The data folder {folder} is for {was}, and the configuration is for {environment}. Practice, tests and real sales do not go into one journal: choose another folder.',
    'journal-good': 'The journal hangs together up to its last entry, number {seq}. “npm run journal -- verify” goes through all of it.',
    'journal-empty': 'The journal is empty. No register has been started here.',
    'journal-bad': 'The journal is damaged. {problem} Do not sell on it any further: keep the folder, and get the last backup.',
  },
  advice: {
    portal: 'See the sales unit at portal.vipps.no, under Developer.',
    deactivated:
      'The sales unit is closed. That happens when somebody closes it at portal.vipps.no, or when the company is deleted from the register of companies; the owner can open it again.',
    'no-payments': 'The sales unit is not approved for payments. Order that at portal.vipps.no.',
    later: 'Nothing was made. Try again in a while.',
  },
};

export const doctorTexts: Readonly<Record<Language, DoctorTexts>> = { nb, en };
