/** All of the report's style; its hash stands in the policy, so nothing else is applied. */
export const style = `
:root{color-scheme:light dark;
--paper:light-dark(#fbfaf6,#12161c);--surface:light-dark(#fff,#191f27);--line:light-dark(#e2ded2,#2a333f);
--ink:light-dark(#1b2027,#e7e9ec);--soft:light-dark(#474f5a,#b4bcc6);--faint:light-dark(#5d646d,#9aa4af);
--mark:light-dark(#fbe3a2,#5c4712);
--critical:light-dark(#a3124a,#ff8fb0);--high:light-dark(#b4431c,#f0956c);--medium:light-dark(#815500,#e9bb5b);
--low:light-dark(#14507f,#8cc4f5);--informational:light-dark(#555d68,#a9b2bd);--unrated:light-dark(#6b4ca3,#c3a8f5)}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main,header{max-width:1240px;margin:0 auto;padding:0 16px}
header{padding-top:28px}
h1{font-size:26px;line-height:1.2;margin:0 0 4px}
h2{font-size:18px;margin:36px 0 8px}
p{margin:0 0 8px;color:var(--soft)}
code{font:13px/1.5 ui-monospace,"Cascadia Code",Menlo,Consolas,monospace;overflow-wrap:anywhere}
mark{background:var(--mark);color:inherit}
a{color:inherit}
:focus-visible{outline:2px solid var(--low);outline-offset:2px}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:12px 0;padding:0;color:var(--soft);font-size:13px}
.legend svg{width:14px;height:14px;vertical-align:-2px;margin-right:6px}
.legend .key svg{width:34px}
.chart{overflow-x:auto;background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:8px}
.chart svg{display:block;width:100%;min-width:720px;height:auto}
.label{font-size:12px;fill:var(--ink)}
.count{fill:var(--faint)}
.time{font-size:11px;fill:var(--faint)}
.tick{stroke:var(--line);fill:none}
.track{stroke:var(--line);fill:none}
.chain path{stroke:currentColor;stroke-width:2.5;fill:none;opacity:.55}
.chain circle{fill:var(--surface);stroke:currentColor;stroke-width:1.5}
use,.legend path{fill:currentColor}
use{stroke:var(--surface);stroke-width:1}
.critical{color:var(--critical)}.high{color:var(--high)}.medium{color:var(--medium)}
.low{color:var(--low)}.informational{color:var(--informational)}.unrated{color:var(--unrated)}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13.5px}
th,td{text-align:left;vertical-align:top;padding:5px 14px 5px 0;border-top:1px solid var(--line)}
th{color:var(--faint);font-weight:600;border-top:0;white-space:nowrap}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
td time{white-space:nowrap;font-variant-numeric:tabular-nums}
td:nth-child(2){overflow-wrap:anywhere;min-width:130px}
.rules td:nth-child(2){min-width:220px}
.hits td:nth-child(3){min-width:300px}
td ul{list-style:none;margin:0;padding:0}
td b{font-weight:600}
details{background:var(--surface);border:1px solid var(--line);border-radius:8px;margin:8px 0;padding:0 14px}
summary{cursor:pointer;padding:10px 0;font-weight:600}
summary small{font-weight:400;color:var(--faint);overflow-wrap:anywhere}
details p{margin:8px 0}
.target{scroll-margin-top:56px}
footer{max-width:1240px;margin:36px auto 24px;padding:0 16px;font-size:13px;color:var(--faint)}
@media print{details{break-inside:avoid}.chart{border:0}}
`;
