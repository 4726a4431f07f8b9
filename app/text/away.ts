const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-11-22` as `22 Nov 2026`. */
function dayInEnglish(date: string): string {
  const [year, month, day] = date.split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** What the cashier reads about customers who are not there: telephone orders, links, and what is reserved for them. */
export const awayTexts = {
  nb: {
    rows: {
      phone: (brand: string) => ({
        label: 'Kunden er ikke her: send til telefon',
        hint: `Kunden får en frist og godkjenner i ${brand}. Du tar betalt når varene leveres.`,
      }),
      link: (brand: string) => ({
        label: 'Kunden er ikke her: lenke',
        hint: `Kunden åpner lenken og betaler i ${brand}. Den varer i ti minutter.`,
      }),
      card: { label: 'Kunden er ikke her: lenke til kort', hint: 'Kunden betaler med kort, uten appen. Lenken varer i ti minutter.' },
    },
    noCardInTest: 'Kort uten appen finnes ikke i testmiljøet.',
    deadlines: (hours: number) => (hours < 24 ? `${hours} timer` : hours === 24 ? '1 døgn' : `${hours / 24} døgn`),
    at: (date: string, time: string) => `${date.split('-').reverse().join('.')} kl. ${time}`,
    aside: (number: number, until: string) =>
      `Salg ${number} er sendt og satt til side. Kunden har frist til ${until}. Legg varene til side.`,
    rejected: (number: number) => `Kunden sa nei til salg ${number}, og er ikke belastet. Salget ligger blant de parkerte.`,
    notInTime: (number: number) => `Kunden godkjente ikke salg ${number} i tide, og er ikke belastet. Salget ligger blant de parkerte.`,
    approve: (until: string) => `Må godkjennes innen ${until}`,
    deliver: (until: string) => `Må leveres innen ${until}`,
    late: 'Fristen er ute. Ta opp salget og se om pengene fortsatt er reservert.',
    light: (count: number) => (count === 1 ? 'Reservert: 1 går snart ut' : `Reservert: ${count} går snart ut`),
    link: {
      warning: (brand: string) => `${brand} tillater ikke at lenken sendes på SMS eller e-post. Bruk chatten eller nettsiden din.`,
      copy: 'Kopier lenken',
      copied: 'Kopiert',
    },
  },
  en: {
    rows: {
      phone: (brand: string) => ({
        label: 'The customer is not here: send to phone',
        hint: `The customer gets a deadline and approves in ${brand}. You collect when the goods are delivered.`,
      }),
      link: (brand: string) => ({
        label: 'The customer is not here: link',
        hint: `The customer opens the link and pays in ${brand}. It lasts for ten minutes.`,
      }),
      card: {
        label: 'The customer is not here: link for a card',
        hint: 'The customer pays by card, without the app. It lasts for ten minutes.',
      },
    },
    noCardInTest: 'Cards without the app do not exist in the test environment.',
    deadlines: (hours: number) => (hours < 24 ? `${hours} hours` : hours === 24 ? '1 day' : `${hours / 24} days`),
    at: (date: string, time: string) => `${dayInEnglish(date)} at ${time}`,
    aside: (number: number, until: string) => `Sale ${number} is sent and set aside. The customer has until ${until}. Put the goods aside.`,
    rejected: (number: number) => `The customer said no to sale ${number} and has not been charged. The sale is among the parked ones.`,
    notInTime: (number: number) =>
      `The customer did not approve sale ${number} in time and has not been charged. The sale is among the parked ones.`,
    approve: (until: string) => `To be approved by ${until}`,
    deliver: (until: string) => `To be delivered by ${until}`,
    late: 'The deadline has passed. Take the sale up and see whether the money is still reserved.',
    light: (count: number) => (count === 1 ? 'Reserved: 1 ends soon' : `Reserved: ${count} end soon`),
    link: {
      warning: (brand: string) => `${brand} does not allow the link to be sent by SMS or e-mail. Use your chat or your web page.`,
      copy: 'Copy the link',
      copied: 'Copied',
    },
  },
};
