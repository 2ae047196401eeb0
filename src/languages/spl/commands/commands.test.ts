import { expect, test } from "vitest";
import { lowered } from "../testing.ts";

test.each<[string, readonly string[]]>([
  [
    '| tstats `s` count min(_time) as first values(Processes.process) AS process FROM datamodel=Endpoint.Processes WHERE Processes.user!=SYSTEM earliest=-1h BY _time span=1h, Processes.dest | `drop_dm_object_name(Processes)` | where like(process,"%x%") AND count>5 AND dest="h"',
    [
      'source {"kind":"datamodel","names":["Endpoint.Processes"],"attributes":{"earliest":"-1h"}}',
      'filter (not user{resolved user} eq~ "SYSTEM")',
      "aggregate count(), min(_time) as first, values(process) as process by _time,dest window 1h",
      'filter (and process{resolved process} contains "x" count{computed } gt 5 dest eq "h")',
    ],
  ],
  [
    'a=1 | stats count, dc(user) as users latest(x) as y by host | search users>5 y=z count>3 "dc(w)">1',
    [
      "filter a eq~ 1",
      "aggregate count(), dc(user) as users, latest(x) as y by host",
      'filter (and users{computed user} gt~ 5 x{resolved x} eq~ "z" count{computed } gt~ 3 dc(w){computed w} gt~ 1)',
    ],
  ],
  [
    'a=1 | stats values(eval(if(a=1,b,null()))) as v | where v="x"',
    ["filter a eq~ 1", "aggregate values(b) as v where a eq 1 by ", 'filter v{computed a,b} eq "x"'],
  ],
  [
    "a=1 | rename user as account, p.* as * | search account=x c=2",
    [
      "filter a eq~ 1",
      'project {"mode":"rename","fields":[],"renames":[{"from":"user","to":"account"},{"from":"p.*","to":"*"}]}',
      'filter (and user{resolved user} eq~ "x" c{resolved c,p.c} eq~ 2)',
    ],
  ],
  [
    "a=1 | rename p.* as q.* | search q.c=2",
    [
      "filter a eq~ 1",
      'project {"mode":"rename","fields":[],"renames":[{"from":"p.*","to":"q.*"}]}',
      "filter p.c{resolved p.c} eq~ 2",
    ],
  ],
  [
    'a=1 | eval n=lower(trim(user)) | rename n as m | search m=Admin | where m="admin"',
    [
      "filter a eq~ 1",
      'derive {"field":"n","text":"lower(trim(user))","fields":["user"]}',
      'project {"mode":"rename","fields":[],"renames":[{"from":"n","to":"m"}]}',
      'filter user{resolved user} eq~ "Admin"',
      'filter user{resolved user} eq~ "admin"',
    ],
  ],
  [
    'a=1 | eval n=user."x" | eval m=n | search m=y',
    [
      "filter a eq~ 1",
      'derive {"field":"n","text":"user . \\"x\\"","fields":["user"]}',
      'derive {"field":"m","text":"n","fields":["user"]}',
      'filter m{computed user} eq~ "y"',
    ],
  ],
  [
    'a=1 | rex field=uri "(?<first>a|b)(?P<second>c)" | search first=a | rex mode=sed field=x "s/a/b/"',
    [
      "filter a eq~ 1",
      'derive {"field":"first","text":"rex field=uri \\"(?<first>a|b)(?P<second>c)\\"","fields":["uri"]}',
      'derive {"field":"second","text":"rex field=uri \\"(?<first>a|b)(?P<second>c)\\"","fields":["uri"]}',
      'filter first{computed uri} eq~ "a"',
      'derive {"field":"x","text":"rex mode=sed field=x \\"s/a/b/\\"","fields":["x"]}',
    ],
  ],
  [
    'a=1 | lookup threats ip as src OUTPUT score as s, kind | where s>5 AND kind="x"',
    [
      "filter a eq~ 1",
      'lookup {"table":"threats","on":["src"],"outputs":["s","kind"]}',
      'filter (and s{computed src} gt 5 kind{computed src} eq "x")',
    ],
  ],
  [
    "| inputlookup t where x=1 y=2 | inputlookup append=t more | search y=1",
    [
      'source {"kind":"lookup","names":["t"]}',
      "filter (and x eq~ 1 y eq~ 2)",
      'union [source {"kind":"lookup","names":["more"]}]',
      "filter y eq~ 1",
    ],
  ],
  [
    "a=1 | transaction id startswith=eval(x>1) endswith=logout",
    ["filter a eq~ 1", 'sequence by id in undefined [filter x gt 1] [filter * match~ "logout"]'],
  ],
  ["a=1 | dedup host sortby -time", ["filter a eq~ 1", 'order {"kind":"deduplicate","by":["host"]}']],
  ["a=1 | head (n>5)", ["filter a eq~ 1", 'opaque {"text":"head (n>5)","reason":"head with a condition"}']],
  [
    "a=1 | join left=L right=R where L.a=R.b [search b=2]",
    [
      "filter a eq~ 1",
      'opaque {"text":"join left=L right=R where L.a=R.b [search b=2]","reason":"join with a condition"}',
    ],
  ],
  [
    "a=1 [search b=2 | return 5 $c]",
    ["filter a eq~ 1", 'join semi on c [filter b eq~ 2; project {"mode":"keep","fields":["c"]}]'],
  ],
  [
    "a=1 [search b=2 | return 5 c=d]",
    ["filter a eq~ 1", 'join semi on c [filter b eq~ 2; project {"mode":"keep","fields":["c"]}]'],
  ],
  ["a=1 | fieldformat x=y", ["filter a eq~ 1", 'derive {"field":"x","text":"fieldformat x=y","fields":[]}']],
  [
    "a=1 | join type=left max=0 host, pid [search b=2 | stats count as n by host] | where n>1",
    [
      "filter a eq~ 1",
      "join left on host,pid [filter b eq~ 2; aggregate count() as n by host]",
      "filter n{computed } gt 1",
    ],
  ],
  [
    "a=1 [search b=2 | fields c] NOT [| inputlookup allowed | table d]",
    [
      "filter a eq~ 1",
      'join semi on c [filter b eq~ 2; project {"mode":"keep","fields":["c"]}]',
      'join anti on d [source {"kind":"lookup","names":["allowed"]}; project {"mode":"keep","fields":["d"]}]',
    ],
  ],
  ["a=1 OR [search b=2]", ["filter (or a eq~ 1 <sub-search in a condition: [search b=2]>)"]],
  [
    "a=1 | append [| tstats count from datamodel=Web by Web.src] | appendpipe [stats sum(n) as n]",
    [
      "filter a eq~ 1",
      'union [source {"kind":"datamodel","names":["Web"]}; aggregate count() by src]',
      "union [aggregate sum(n) as n by ]",
    ],
  ],
  ["| multisearch [search a=1] [search b=2]", ["union [filter a eq~ 1] [filter b eq~ 2]"]],
  [
    'a=1 | map search="search index=x id=$id$ $rest$ name=\\"q\\""',
    [
      "filter a eq~ 1",
      'join map on id,rest [filter (and index eq~ "x" id eq_field~ "id" * contains_field~ "rest" name eq~ "q")]',
    ],
  ],
  [
    "a=1 | foreach val_* [eval <<FIELD>>=lower('<<FIELD>>')]",
    ["filter a eq~ 1", 'derive {"field":"val_*","text":"lower(\'<<FIELD>>\')","fields":["val_*"]}'],
  ],
  [
    'a=1 | transaction user, host startswith=(action=login x!=1) endswith="logout" maxspan=5m | where duration<60',
    [
      "filter a eq~ 1",
      'sequence by user,host in 5m [filter (and action eq~ "login" (not x eq~ 1))] [filter * match~ "logout"]',
      "filter duration{computed user,host} lt 60",
    ],
  ],
  ["a=1 | transaction id maxspan=1m", ["filter a eq~ 1", "aggregate transaction() by id window 1m"]],
  [
    "a=1 | bin _time span=10m | stats count by _time user | stats count by user",
    [
      "filter a eq~ 1",
      'derive {"field":"_time","text":"bin _time span=10m","fields":["_time"]}',
      "aggregate count() by _time,user window 10m",
      "aggregate count() by user",
    ],
  ],
  ["a=1 | timechart span=5m count by host", ["filter a eq~ 1", "aggregate count() by host window 5m"]],
  [
    "a=1 | dedup 2 host | sort - count +name | head 20 | fields - a b | table x, y | top limit=5 user",
    [
      "filter a eq~ 1",
      'order {"kind":"deduplicate","by":["host"],"count":2}',
      'order {"kind":"sort","by":["count","name"]}',
      'order {"kind":"limit","by":[],"count":20}',
      'project {"mode":"drop","fields":["a","b"]}',
      'project {"mode":"keep","fields":["x","y"]}',
      "aggregate top() by user",
    ],
  ],
  [
    'a=1 | regex x="(?i)^a" | regex y!="b" | regex "c"',
    ["filter a eq~ 1", 'filter x regex_match~ "(?i)^a"', 'filter (not y regex_match "b")', 'filter * regex_match "c"'],
  ],
  [
    "a=1 | iplocation src | search Country=X | addtotals fieldname=sum p q | where sum>3",
    [
      "filter a eq~ 1",
      'derive {"field":"City","text":"iplocation src","fields":["src"]}',
      'derive {"field":"Country","text":"iplocation src","fields":["src"]}',
      'derive {"field":"Region","text":"iplocation src","fields":["src"]}',
      'derive {"field":"lat","text":"iplocation src","fields":["src"]}',
      'derive {"field":"lon","text":"iplocation src","fields":["src"]}',
      'filter Country{computed src} eq~ "X"',
      'derive {"field":"sum","text":"addtotals fieldname=sum p q","fields":["p","q"]}',
      "filter sum{computed p,q} gt 3",
    ],
  ],
  [
    'a=1 | fillnull | fillnull value=0 n | mvexpand m | convert ctime(first) | replace "a" with "b" in f | spath | spath output=who path=user.name | search who=x',
    [
      "filter a eq~ 1",
      'derive {"field":"*","text":"fillnull","fields":[]}',
      'derive {"field":"n","text":"fillnull value=0 n","fields":["n"]}',
      'derive {"field":"m","text":"mvexpand m","fields":["m"]}',
      'derive {"field":"first","text":"convert ctime(first)","fields":["first"]}',
      'derive {"field":"f","text":"replace \\"a\\" with \\"b\\" in f","fields":["f"]}',
      'derive {"field":"*","text":"spath","fields":["_raw"]}',
      'derive {"field":"who","text":"spath output=who path=user.name","fields":["_raw"]}',
      'filter user.name{resolved user.name} eq~ "x"',
    ],
  ],
  [
    "a=1 | apply model | frobnicate x | collect index=y",
    [
      "filter a eq~ 1",
      'derive {"field":"*","text":"apply model","fields":[]}',
      'opaque {"text":"frobnicate x","reason":"unknown command"}',
      'lookup {"table":"y","on":[],"outputs":[],"writes":true}',
    ],
  ],
  [
    'a=1 | stats count(eval(x="u" OR y>1)) as n sum(eval(if(z=1,w,0))) as s c(eval(v)) dc(eval(lower(v))) by host',
    [
      "filter a eq~ 1",
      'aggregate count() as n where (or x eq "u" y gt 1), sum(w) as s where z eq 1, c(eval(v)), dc(eval(lower(v))) by host',
    ],
  ],
  [
    "a=1 | where b>1 AND NOT [search c=2 | fields d] AND [| inputlookup t | fields e]",
    [
      "filter a eq~ 1",
      "filter b gt 1",
      'join anti on d [filter c eq~ 2; project {"mode":"keep","fields":["d"]}]',
      'join semi on e [source {"kind":"lookup","names":["t"]}; project {"mode":"keep","fields":["e"]}]',
    ],
  ],
  [
    "a=1 b=[search c=2 | return $d] NOT e=[search f=3]",
    [
      "filter a eq~ 1",
      'join semi on b [filter c eq~ 2; project {"mode":"keep","fields":["d"]}]',
      "join anti on e [filter f eq~ 3]",
    ],
  ],
  [
    "a=1 | reverse | tail 5",
    [
      "filter a eq~ 1",
      'order {"kind":"sort","by":[],"from":"end"}',
      'order {"kind":"limit","by":[],"count":5,"from":"end"}',
    ],
  ],
  [
    "a=1 | anomalydetection count action=annotate | search probable_cause=* | delta n as m p=2 | outputlookup append=true t.csv",
    [
      "filter a eq~ 1",
      'derive {"field":"log_event_prob","text":"anomalydetection count action=annotate","fields":[]}',
      'derive {"field":"probable_cause","text":"anomalydetection count action=annotate","fields":[]}',
      'derive {"field":"probable_cause_freq","text":"anomalydetection count action=annotate","fields":[]}',
      "filter probable_cause{computed } exists~",
      'derive {"field":"m","text":"delta n as m p=2","fields":["n"]}',
      'lookup {"table":"t.csv","on":[],"outputs":[],"writes":true}',
    ],
  ],
  [
    "| makeresults count=2 | eval x=1 | where x=1 OR y=2",
    [
      'source {"kind":"rows","names":[]}',
      'derive {"field":"x","text":"1","fields":[]}',
      "filter (or x{computed } eq 1 y{computed } eq 2)",
    ],
  ],
  [
    '| from datamodel:"Web.Web" | search Web.status=404',
    ['source {"kind":"datamodel","names":["Web.Web"]}', "filter status{resolved status} eq~ 404"],
  ],
  [
    "| datamodel Network_Traffic All_Traffic search | search All_Traffic.dest_port=22",
    [
      'source {"kind":"datamodel","names":["Network_Traffic.All_Traffic"]}',
      "filter dest_port{resolved dest_port} eq~ 22",
    ],
  ],
  [
    "index=a earliest=-24h latest=now x=1",
    [
      'source {"kind":"index","names":[],"attributes":{"earliest":"-24h","latest":"now"}}',
      'filter (and index eq~ "a" x eq~ 1)',
    ],
  ],
])("%s", (text, expected) => {
  expect(lowered(text)).toEqual(expected);
});
