/** The phone's looks: paper, ink and the practice orange, so that nobody takes it for a real app. */
export const phoneStyle = `
:root { --paper: #FAF9F6; --card: #FFFFFF; --ink: #15171C; --muted: #5B606B; --line: #E4E1D9; --accent: #FF5B24; --good: #1E7F4F; --bank: #2B5FD9; }
* { box-sizing: border-box; margin: 0; }
html { font: 16px/1.4 "Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink); background: #ECE9E2; font-variant-numeric: tabular-nums; -webkit-font-smoothing: antialiased; }
body { min-height: 100vh; display: grid; place-items: center; padding: 16px 0; }
.phone { position: relative; width: 390px; height: min(812px, 100vh - 32px); background: var(--paper); border: 10px solid var(--ink); border-radius: 52px; overflow: hidden; display: flex; flex-direction: column; box-shadow: 0 24px 60px rgb(21 23 28 / .22); }
.bar { display: flex; align-items: center; justify-content: space-between; padding: 14px 24px 0; font-weight: 600; font-size: 15px; }
.bar .languages { display: flex; gap: 2px; background: #EFECE5; border-radius: 999px; padding: 2px; }
.bar button { font: inherit; font-size: 13px; font-weight: 600; color: var(--muted); background: none; border: 0; border-radius: 999px; padding: 4px 10px; min-height: 28px; cursor: pointer; }
.bar button[aria-pressed="true"] { background: var(--card); color: var(--ink); box-shadow: 0 1px 2px rgb(21 23 28 / .16); }
.brand { padding: 16px 24px 12px; display: flex; align-items: center; justify-content: space-between; gap: 12px; }
.brand strong { font-size: 17px; letter-spacing: -.01em; }
.badge { font-size: 12px; font-weight: 600; background: var(--accent); color: var(--ink); border-radius: 999px; padding: 4px 10px; white-space: nowrap; }
[data-notice] { margin: 0 24px 8px; padding: 10px 14px; border-radius: 12px; background: #FFF1EC; border: 1px solid var(--accent); font-size: 14px; }
main { flex: 1; overflow-y: auto; padding: 8px 24px 24px; display: flex; flex-direction: column; }
main.list { gap: 28px; }
main.payment { align-items: center; text-align: center; }
main.payment > * { flex-shrink: 0; }
h1 { font-size: 24px; line-height: 1.2; letter-spacing: -.02em; font-weight: 700; }
h2 { font-size: 14px; font-weight: 600; color: var(--muted); }
ul { list-style: none; padding: 0; margin-top: 12px; display: grid; grid-template-columns: minmax(0, 1fr); gap: 12px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: 16px; display: grid; gap: 6px; box-shadow: 0 1px 2px rgb(21 23 28 / .05); }
.row { display: flex; justify-content: space-between; align-items: baseline; gap: 12px; }
.row > :first-child { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row > :last-child { flex: none; }
.quiet { color: var(--muted); font-size: 14px; }
.amount { font-weight: 700; letter-spacing: -.02em; white-space: nowrap; }
.amount small { font-size: .62em; font-weight: 600; letter-spacing: 0; }
.amount .unit { font-weight: 500; color: var(--muted); }
.amount.small { font-size: 16px; font-weight: 600; } .amount.small small { font-size: .8em; }
.amount.medium { font-size: 22px; }
.amount.large { font-size: 60px; line-height: 1.1; margin: 12px 0 4px; }
.amount.large.long { font-size: 42px; }
.amount.large small { font-size: .5em; }
.left { font-size: 14px; color: var(--muted); white-space: nowrap; }
.left.soon { color: var(--ink); font-weight: 600; }
button.primary, button.plain { font: inherit; font-weight: 650; border-radius: 14px; min-height: 48px; padding: 0 16px; width: 100%; cursor: pointer; transition: transform .12s, background .12s; }
button.primary { background: var(--accent); color: var(--ink); border: 1px solid var(--accent); }
button.primary:hover { background: #FF6E3C; }
button.plain { background: var(--card); color: var(--ink); border: 1px solid #CFCBC1; }
button.plain:hover { background: #F4F2EC; }
button.primary:active, button.plain:active { transform: scale(.985); }
button.big { min-height: 58px; font-size: 18px; margin-top: 10px; }
.card button { margin-top: 8px; }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.doneList { gap: 0; background: var(--card); border: 1px solid var(--line); border-radius: 16px; overflow: hidden; }
.doneList li + li { border-top: 1px solid var(--line); }
button.done { font: inherit; color: inherit; text-align: left; width: 100%; background: none; border: 0; padding: 12px 16px; cursor: pointer; display: grid; grid-template-columns: minmax(0, 1fr); gap: 2px; }
button.done:hover { background: #F7F5F0; }
button.done:focus-visible { outline-offset: -3px; border-radius: 16px; }
.state { font-weight: 600; } .state.good { color: var(--good); }
.empty { margin: auto; text-align: center; padding: 40px 8px; display: grid; justify-items: center; gap: 10px; }
.empty p { color: var(--muted); max-width: 26ch; }
.code { width: 96px; height: 96px; margin-bottom: 14px; border: 4px solid var(--ink); border-radius: 22px; position: relative; isolation: isolate; }
.code::before, .code::after { content: ""; position: absolute; background: var(--paper); }
.code::before { inset: -5px 26px; } .code::after { inset: 26px -5px; background: radial-gradient(circle, var(--accent) 0 13px, var(--paper) 13.5px); }
.back { align-self: flex-start; font: inherit; font-size: 30px; line-height: 1; color: var(--ink); background: none; border: 0; width: 44px; height: 44px; margin-left: -14px; cursor: pointer; border-radius: 12px; }
.avatar { width: 64px; height: 64px; border-radius: 50%; background: var(--ink); color: var(--paper); display: grid; place-items: center; font-size: 28px; font-weight: 700; margin: -16px 0 14px; }
.payee { font-size: 20px; }
.text { max-width: 30ch; overflow-wrap: anywhere; }
.reference { margin-top: 4px; font-size: 13px; overflow-wrap: anywhere; }
.grow { flex: 1 1 16px; }
.bank { margin-top: 16px; padding: 10px 14px; border-radius: 12px; background: #EDF2FF; border: 1px solid #C5D4F7; color: #1B3F96; font-size: 14px; }
.other { margin: 22px 0 8px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; width: 100%; }
button.link { font: inherit; font-size: 14px; color: var(--muted); background: none; border: 0; text-decoration: underline; text-underline-offset: 3px; min-height: 44px; cursor: pointer; margin-top: 4px; }
.mark { width: 96px; height: 96px; border-radius: 50%; display: grid; place-items: center; font-size: 46px; font-weight: 700; margin: 36px 0 18px; color: var(--paper); background: #6E727B; }
.mark.good { background: var(--good); } .mark.pending { background: var(--bank); }
.outcome { font-size: 26px; font-weight: 700; letter-spacing: -.02em; }
.line { width: 100%; margin-top: 16px; padding-top: 12px; border-top: 1px solid var(--line); } .line + .line { margin-top: 12px; }
[data-push] { margin: 0 16px 8px; }
[data-push] button { font: inherit; text-align: left; width: 100%; padding: 14px 16px; border-radius: 16px; border: 1px solid var(--line); background: var(--ink); color: var(--paper); cursor: pointer; display: grid; gap: 2px; }
[data-push] .amount .unit { color: inherit; }
.holder select { font: inherit; font-weight: 600; color: var(--ink); background: var(--card); border: 1px solid #CFCBC1; border-radius: 12px; min-height: 44px; padding: 0 12px; width: 100%; margin: 6px 0 4px; }
.holder label { font-size: 14px; color: var(--muted); }
.myCode { width: min(280px, 100%); background: #FFFFFF; border: 1px solid var(--line); border-radius: 20px; padding: 8px; margin: 16px 0 8px; }
.content { font: 13px/1.4 ui-monospace, Menlo, Consolas, monospace; color: var(--muted); overflow-wrap: anywhere; user-select: all; max-width: 100%; margin: 16px 0 12px; }
.age { margin-top: 14px; font-weight: 600; } .age.stop { padding: 10px 14px; border-radius: 12px; background: #FFF1EC; border: 1px solid var(--accent); }
.paper { width: 100%; margin-top: 18px; text-align: left; } .paper .row { font-size: 14px; padding: 3px 0; }
a.shop { color: var(--ink); font-weight: 600; margin-top: 14px; text-underline-offset: 3px; min-height: 44px; display: grid; align-items: center; }
button:disabled { opacity: .45; cursor: default; }
@media (max-width: 480px), (max-height: 700px) {
  html { background: var(--paper); } body { display: block; padding: 0; }
  .phone { width: 100%; height: 100vh; height: 100dvh; border: 0; border-radius: 0; box-shadow: none; max-width: 480px; margin: 0 auto; }
}
@media (max-height: 760px) {
  .avatar { width: 44px; height: 44px; font-size: 20px; margin: -36px 0 8px; } .amount.large { font-size: 48px; margin: 4px 0; } .amount.large.long { font-size: 38px; }
  button.big { min-height: 50px; margin-top: 8px; } .other { margin: 12px 0 6px; } .mark { margin: 20px 0 12px; } .brand { padding-bottom: 4px; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
`;
