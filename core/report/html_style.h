// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The report's style and script, the colours of the wizard (light and dark). Private to core/report.
namespace bothways::report {

inline constexpr char styleSheet[] = R"css(
:root{color-scheme:light dark;--ground:#f5f6f8;--card:#fff;--ink:#1c2430;--grey:#667085;--line:#e3e6eb;--accent:#2563c9;
--good:#1f8a55;--caution:#b26a00;--bad:#c4314b;--code:#f4f5f7}
@media (prefers-color-scheme:dark){:root{--ground:#15181d;--card:#1d2127;--ink:#e8ebf0;--grey:#98a2b3;--line:#2e343d;
--accent:#6ea3f7;--good:#52c48d;--caution:#e3a64a;--bad:#f0708a;--code:#15181d}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,sans-serif;overflow-wrap:break-word}
main{max-width:1040px;margin:0 auto;padding:32px 24px 64px}
header{margin-bottom:24px}
h1{font-size:28px;line-height:1.25;margin:12px 0 8px;text-wrap:balance}
h2{font-size:19px;margin:40px 0 12px}
h3{font-size:16px;margin:0;min-width:0}
p{margin:0 0 8px}
code,pre,.mono{font:13px/1.55 ui-monospace,"DejaVu Sans Mono",Consolas,monospace}
h1,h3,p,td,li,pre,.mono{overflow-wrap:anywhere}
.sub,.grey,.note,.facts{color:var(--grey)}
.sub{font-size:16px;max-width:76ch}
.note{font-size:14px;max-width:92ch;margin:0 4px}
.target{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;color:var(--grey);font-size:14px}
.target b{color:var(--ink);font-size:16px}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 20px;margin-bottom:12px}
.row{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center}
.row .end{margin-inline-start:auto}
.row h3{flex:0 1 auto}
.numbered{display:flex;gap:12px;margin-bottom:8px}
.numbered+.row{margin-bottom:8px}
.number{flex:none;width:24px;height:24px;border:1px solid var(--line);border-radius:50%;text-align:center;font-size:12px;
line-height:22px;color:var(--grey)}
.chip{display:inline-block;border-radius:12px;padding:0 10px;font-size:12.5px;line-height:22px;color:var(--accent);
background:color-mix(in srgb,var(--accent) 13%,transparent)}
.state{font-weight:600}
.facts{display:block;font-size:13px}
.good{color:var(--good)}.caution{color:var(--caution)}.bad{color:var(--bad)}.none{color:var(--grey)}
.chip.good{background:color-mix(in srgb,var(--good) 13%,transparent)}
.chip.caution{background:color-mix(in srgb,var(--caution) 13%,transparent)}
.chip.bad{background:color-mix(in srgb,var(--bad) 13%,transparent)}
table{border-collapse:collapse;width:100%}
th,td{text-align:start;vertical-align:top;padding:8px 16px 8px 0;border-bottom:1px solid var(--line)}
tr:last-child>*{border-bottom:0}tbody tr:last-child>*{padding-bottom:0}
th{font-weight:600;white-space:nowrap}
.symptom{table-layout:fixed}.symptom th{white-space:normal}.symptom th:first-child,.symptom td:first-child{width:24%}
.symptom td+td{padding-inline-start:0}
.quiet th{font-weight:400;white-space:normal;width:36%}.quiet,.untested{font-size:14px}
.untested th{width:72px}thead th{font-size:13px;color:var(--grey)}
.score th:first-child{width:136px}.score td:nth-child(2){width:120px}.score{font-size:14px}
.pair{table-layout:fixed;font-size:14px}.pair th{white-space:normal;width:26%}
.advice{font-size:14px}.advice th{white-space:normal}.advice th:first-child{width:19%}.advice td:last-child{width:33%;padding-right:0}
.advice code{display:block;overflow-wrap:anywhere}.quotes h3{margin-bottom:8px;font-weight:600}.quotes pre{margin-bottom:12px}
.object{margin:8px 0 0;padding:8px 12px;background:var(--code);border-radius:8px}
ul{margin:4px 0 0;padding-inline-start:20px}
li{margin:2px 0}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(280px,100%),1fr));gap:4px 32px;margin-top:12px}
.label{font-size:13px;color:var(--grey);margin:0 0 4px}
.blocks>*,.two>*{min-width:0}
.blocks{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(270px,100%),1fr));gap:16px;margin-top:12px}
pre{margin:0;padding:10px 12px;background:var(--code);border:1px solid var(--line);border-radius:8px;white-space:pre-wrap}
button{font:600 13px system-ui,sans-serif;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:8px;
padding:4px 14px;margin-top:8px;cursor:pointer}
button:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
details{border-bottom:1px solid var(--line)}
details:last-child{border-bottom:0}
summary{cursor:pointer;padding:10px 0;display:grid;grid-template-columns:96px 64px 1fr 12px;gap:4px 12px;list-style:none}
summary::-webkit-details-marker{display:none}
summary::after{content:"\203a";color:var(--grey);transition:transform .15s}
details[open]>summary::after{transform:rotate(90deg)}
.inside{padding:0 0 12px 0}
.inside pre{max-height:320px;overflow:auto;margin-bottom:8px}
footer{margin-top:40px;color:var(--grey);font-size:13px}
@media (max-width:760px){.row .end{margin-inline-start:0}}
@media (max-width:560px){main{padding:20px 14px}summary{grid-template-columns:88px 1fr 12px}summary>:last-child{grid-column:1/-1;grid-row:2}}
@media print{:root{color-scheme:light;--ground:#fff;--card:#fff;--ink:#1c2430;--grey:#555;--line:#ccc;--accent:#2563c9;--good:#1f8a55;
--caution:#b26a00;--bad:#c4314b;--code:#f4f5f7}
body{font-size:10pt}main{padding:0;max-width:none}button,summary::after{display:none}article,pre,tr,svg{break-inside:avoid}h2,h3,.label{break-after:avoid}
.inside pre{max-height:none;overflow:visible}
details::details-content{display:block;content-visibility:visible;block-size:auto}}
)css";

/// Paper cannot be unfolded, so everything is open there. Buttons are made by the script, so that none is there without it. The
/// label comes from the page, for its language.
inline constexpr char copyScript[] = R"js(
for (const block of document.querySelectorAll('pre[data-copy]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = document.body.dataset.copy;
  button.addEventListener('click', async () => {
    let done = false;
    try { await navigator.clipboard.writeText(block.textContent); done = true; } catch (error) {
      const range = document.createRange();
      range.selectNodeContents(block);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      done = document.execCommand('copy');
    }
    if (done) {
      button.textContent = document.body.dataset.copied;
      setTimeout(() => { button.textContent = document.body.dataset.copy; }, 1500);
    }
  });
  block.after(button);
}
let closed = [];
addEventListener('beforeprint', () => {
  closed = [...document.querySelectorAll('details:not([open])')];
  for (const details of closed) { details.open = true; }
});
addEventListener('afterprint', () => { for (const details of closed) { details.open = false; } });
)js";

} // namespace bothways::report
