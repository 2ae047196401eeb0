import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentFolder } from "../corpora/content/folder.ts";
import { corporaPresent, corpusFolder, corpusTitle } from "../corpora/testing.ts";
import { corpusCatalog } from "./corpus-catalog.testing.ts";
import { type Database, openReadOnly } from "./database.ts";
import { recount } from "./recount/testing.ts";
import {
  type Asking,
  alike,
  askers,
  askingOf,
  commandHas,
  ends,
  fileEnding,
  hashIn,
  libraryName,
  logonType,
  network,
  operation,
  originalName,
  parentName,
  processName,
  registryNumber,
  starts,
  targetName,
  type Wanted,
} from "./recount/ways/testing.ts";

const wanted: readonly Wanted[] = [
  ...[
    "rundll32.exe",
    "wscript.exe",
    "regsvr32.exe",
    "certutil.exe",
    "bitsadmin.exe",
    "mshta.exe",
    "schtasks.exe",
    "odbcconf.exe",
    "hh.exe",
  ].map(processName),
  ...["winword.exe", "wmiprvse.exe", "services.exe", "explorer.exe"].map(parentName),
  ...["wmic.exe", "powershell.exe", "pwsh.dll", "cmstp.exe"].map(originalName),
  ...["comsvcs", "downloadstring", "vssadmin"].map(commandHas),
  ...[
    "ConsoleLogin",
    "CreateAccessKey",
    "StopLogging",
    "UserLoginFailed",
    "New-InboxRule",
    "MailItemsAccessed",
    "Consent to application",
    "user.session.impersonation.initiate",
  ].map(operation),
  ...["samlib.dll", "dbghelp.dll", "taskschd.dll"].map(libraryName),
  ...["lsass.exe", "spoolsv.exe"].map(targetName),
  ...["0x00000001", "0x00000004"].map(registryNumber),
  logonType("3", "network"),
  logonType("9", "newcredentials"),
  ...["vbs", "lnk"].map(fileEnding),
  network("destination.ip", "10.", "10.0.0.0/8", ends),
  network("source.ip", "192.168.", "192.168.0.0/16", starts),
  ...alike("destination.port", "eq", "is", ["3389", "5985", "445"], {
    sigma: ["destinationport", "destport", "dst_port", "destination.port", "id.resp_p"],
    elastic: ["destination.port"],
    splunk: ["dest_port", "destinationport"],
    chronicle: ["target.port"],
    kql: ["remoteport"],
  }),
  ...alike("winlog.event_data.GrantedAccess", "eq", "is", ["0x1fffff", "0x1010"], {
    sigma: ["grantedaccess"],
    elastic: ["winlog.event_data.grantedaccess"],
    splunk: ["grantedaccess", "granted_access"],
    chronicle: ["target.resource.name"],
  }),
  ...alike("winlog.event_data.CallTrace", "contains", "has", ["dbghelp.dll"], {
    sigma: ["calltrace"],
    elastic: ["winlog.event_data.calltrace"],
    splunk: ["calltrace"],
    chronicle: ['additional.fields["calltrace"]'],
  }),
  ...alike("winlog.event_data.TicketEncryptionType", "eq", "is", ["0x17"], {
    sigma: ["ticketencryptiontype"],
    elastic: ["winlog.event_data.ticketencryptiontype"],
    splunk: ["ticketencryptiontype"],
  }),
  ...alike("winlog.event_data.IntegrityLevel", "eq", "is", ["high"], {
    sigma: ["integritylevel"],
    elastic: ["winlog.event_data.integritylevel", "process.ext.token.integrity_level_name"],
    splunk: ["process_integrity_level", "integritylevel"],
  }),
  ...alike("winlog.event_data.PipeName", "starts_with", "starts", ["\\postex_"], {
    sigma: ["pipename"],
    splunk: ["pipename"],
  }),
  ...alike("winlog.event_data.ServiceName", "eq", "is", ["sliver"], {
    sigma: ["servicename"],
    splunk: ["servicename"],
  }),
  ...alike("http.request.method", "eq", "is", ["post", "delete"], {
    sigma: ["cs-method", "method"],
    elastic: ["http.request.method"],
    splunk: ["http_method", "cs_method"],
    chronicle: ["network.http.method"],
    kql: ["requestmethod"],
  }),
  ...alike("http.response.status_code", "eq", "is", ["302"], {
    sigma: ["sc-status", "status_code"],
    elastic: ["http.response.status_code"],
    splunk: ["status", "http.status", "http_status"],
    chronicle: ["network.http.response_code"],
    kql: ["responsestatuscode"],
  }),
  ...alike("kubernetes.audit.verb", "eq", "is", ["create"], {
    sigma: ["verb"],
    elastic: ["kubernetes.audit.verb", "azure.platformlogs.properties.log.verb"],
    splunk: ["verb"],
  }),
  ...alike("kubernetes.audit.objectRef.resource", "eq", "is", ["secrets"], {
    sigma: ["objectref.resource"],
    elastic: ["kubernetes.audit.objectref.resource", "azure.platformlogs.properties.log.objectref.resource"],
    splunk: ["objectref.resource"],
  }),
  ...alike("dns.question.name", "ends_with", "ends", [".onion"], {
    sigma: ["queryname", "query"],
    elastic: ["dns.question.name"],
    splunk: ["query", "queryname"],
    chronicle: ["network.dns.questions.name"],
  }),
  ...alike("powershell.file.script_block_text", "contains", "has", ["get-wmiobject", "frombase64string"], {
    sigma: ["scriptblocktext"],
    elastic: ["powershell.file.script_block_text"],
    splunk: ["scriptblocktext"],
  }),
  ...alike("user_agent.original", "contains", "has", ["azurehound"], {
    sigma: ["c-useragent", "cs-user-agent", "useragent", "user_agent"],
    elastic: ["user_agent.original"],
    splunk: ["http_user_agent", "useragent"],
    chronicle: ["network.http.user_agent"],
    kql: ["useragent"],
  }),
  ...alike("event.provider", "eq", "is", ["iam.amazonaws.com", "exchange"], {
    sigma: ["eventsource", "workload"],
    elastic: ["event.provider"],
    splunk: ["eventsource", "workload"],
    chronicle: ["target.application"],
    kql: ["raweventdata.workload", "officeworkload"],
  }),
  ...alike("registry.value", "eq", "is", ["debugger"], {
    elastic: ["registry.value"],
    splunk: ["registry_value_name"],
    kql: ["registryvaluename"],
    chronicle: ["target.registry.registry_value_name"],
  }),
  ...alike("registry.path", "ends_with", "ends", ["\\environment\\windir"], {
    sigma: ["targetobject"],
    elastic: ["registry.path"],
    splunk: ["registry_path"],
  }),
  ...alike("azure.signinlogs.properties.status.error_code", "eq", "is", ["50126", "500121"], {
    sigma: ["resulttype", "properties.status.errorcode"],
    elastic: ["azure.signinlogs.properties.status.error_code"],
    splunk: ["properties.status.errorcode", "status.errorcode"],
    kql: ["resulttype", "errorcode"],
  }),
  ...alike("process.executable", "contains", "has", ["\\users\\public\\", "\\perflogs\\"], {
    sigma: ["image", "sourceimage", "path"],
    elastic: ["process.executable"],
    splunk: ["process_path", "image", "app"],
  }),
  ...alike("process.parent.command_line", "contains", "has", ["start-server.js"], {
    sigma: ["parentcommandline"],
    elastic: ["process.parent.command_line"],
    splunk: ["parent_process"],
  }),
  ...alike("auditd.data.syscall", "eq", "is", ["memfd_create"], {
    sigma: ["syscall"],
    elastic: ["auditd.data.syscall"],
    splunk: ["syscall"],
  }),
  {
    field: "process.executable",
    operator: "contains",
    value: ":\\users\\public\\",
    ways: {
      sigma: [{ fields: ["image", "sourceimage"], how: "has", value: ":\\users\\public\\" }],
      elastic: [
        { fields: ["process.executable"], how: "has", value: ":\\users\\public\\" },
        { fields: ["process.executable"], how: "glob", value: "?:\\users\\public\\*" },
      ],
      splunk: [{ fields: ["process_path", "image"], how: "has", value: ":\\users\\public\\" }],
    },
  },
  {
    field: "process.name",
    operator: "eq",
    value: "bash",
    ways: {
      sigma: [{ fields: ["image"], how: "ends", value: "/bash" }],
      elastic: [
        { fields: ["process.name"], how: "is", value: "bash" },
        { fields: ["process.executable"], how: "ends", value: "/bash" },
      ],
      splunk: [
        { fields: ["process_name", "process.executable.name"], how: "is", value: "bash" },
        { fields: ["process_path"], how: "ends", value: "/bash" },
      ],
    },
  },
  ...alike("file.path", "starts_with", "starts", ["/etc/cron.d/", "/tmp/"], {
    sigma: ["targetfilename"],
    elastic: ["file.path"],
    splunk: ["file_path"],
  }),
  ...alike("process.executable", "starts_with", "starts", ["/dev/shm/"], {
    sigma: ["image"],
    elastic: ["process.executable"],
    splunk: ["process_path"],
  }),
  ...alike("registry.path", "contains", "has", ["\\software\\microsoft\\windows\\currentversion\\run"], {
    sigma: ["targetobject"],
    elastic: ["registry.path"],
    splunk: ["registry_path"],
    chronicle: ["target.registry.registry_key"],
  }),
  ...alike("aws.cloudtrail.error_code", "eq", "is", ["accessdenied", "success"], {
    sigma: ["errorcode"],
    elastic: ["aws.cloudtrail.error_code"],
    splunk: ["errorcode", "api.response.error"],
    chronicle: ["security_result.rule_id"],
    kql: ["errorcode"],
  }),
  ...alike("aws.cloudtrail.user_identity.type", "eq", "is", ["root", "assumedrole"], {
    sigma: ["useridentity.type"],
    elastic: ["aws.cloudtrail.user_identity.type"],
    splunk: ["useridentity.type", "user_type"],
    chronicle: ["principal.resource.type"],
    kql: ["useridentitytype"],
  }),
  ...alike("user.name", "eq", "is", ["system:anonymous"], {
    sigma: ["user.username"],
    elastic: ["kubernetes.audit.user.username", "user.name"],
    splunk: ["user.username"],
  }),
  hashIn("process.hash.sha256", "0409c9b12f9d0eda86e461ed9bdabeefb00172b26322079681a0bdf48e68dc28", "sha256", {}),
  hashIn("process.pe.imphash", "09d278f9de118ef09163c6140255c690", "imphash", {
    chronicle: ["target.process.file.pe_file.imphash"],
  }),
  ...alike("okta.outcome.reason", "eq", "is", ["LOCKED_OUT"], { elastic: ["okta.outcome.reason"] }),
];

describe.skipIf(!corporaPresent)(
  corpusTitle("the reach of indicators, counted again from the files of the rules"),
  () => {
    const rules = new Map<string, Asking>();
    let database: Database;

    beforeAll(async () => {
      database = openReadOnly((await corpusCatalog()).catalog);
      for (const { id } of database.all<{ id: string }>("SELECT DISTINCT corpus AS id FROM rule")) {
        rules.set(id, askingOf(recount(id, id === "detectionary" ? contentFolder : corpusFolder(id))));
      }
    }, 600_000);

    afterAll(() => database?.close());

    test("fifty indicators or more are counted, and every corpus has a part in it", () => {
      expect(new Set(wanted.map((one) => `${one.field} ${one.operator} ${one.value}`)).size).toBeGreaterThanOrEqual(50);
      for (const [corpus, own] of rules) {
        expect(wanted.filter((one) => askers(one, corpus, own).length > 0).length, corpus).toBeGreaterThan(5);
      }
    });

    test.each(wanted.map((one) => [`${one.field} ${one.operator} ${one.value}`, one] as const))("%s", (_, one) => {
      const found = database.one<{ key: number; reach: number; vendors: string }>(
        "SELECT key, reach, vendors_json AS vendors FROM indicator WHERE field = ? AND operator = ? AND value = ?",
        one.field,
        one.operator,
        one.value,
      );
      const counted = new Map([...rules].map(([corpus, own]) => [corpus, askers(one, corpus, own)] as const));
      const uses = database.all<{ corpus: string; path: string }>(
        `SELECT r.corpus, r.path FROM rule_indicator l JOIN rule r ON r.key = l.rule
       WHERE l.indicator = ? AND l.negated = 0 AND r.lifecycle = 'active'`,
        found?.key ?? -1,
      );
      for (const [corpus, paths] of counted) {
        const own = uses.filter((use) => use.corpus === corpus).map((use) => use.path);
        expect(own.sort(), corpus).toEqual(paths);
      }
      const counts = [...counted]
        .map(([corpus, paths]) => [corpus, paths.length] as const)
        .filter(([, count]) => count > 0);
      expect(JSON.parse(found?.vendors ?? "{}")).toEqual(Object.fromEntries(counts));
      expect(found?.reach).toBe(counts.reduce((sum, [, count]) => sum + count, 0));
      expect(found?.reach).toBeGreaterThan(0);
    });

    test.each([
      ["process.pe.original_file_name", originalName, 300],
      ["dll.name", libraryName, 3000],
      ["Target.process.name", targetName, 40],
    ] as const)("every value of %s that the catalog has", (field, waysOf, least) => {
      const uses = database.all<{ value: string; corpus: string; path: string }>(
        `SELECT i.value, r.corpus, r.path FROM indicator i
         JOIN rule_indicator l ON l.indicator = i.key AND l.negated = 0
         JOIN rule r ON r.key = l.rule AND r.lifecycle = 'active'
         WHERE i.field = ? AND i.operator = 'eq' AND i.value = lower(i.value)`,
        field,
      );
      const byValue = Map.groupBy(uses, (one) => one.value);
      expect(byValue.size).toBeGreaterThan(least);
      for (const [value, own] of byValue) {
        const counted = [...rules].flatMap(([corpus, asking]) =>
          askers(waysOf(value), corpus, asking).map((path) => `${corpus} ${path}`),
        );
        expect(own.map((one) => `${one.corpus} ${one.path}`).sort(), value).toEqual(counted.sort());
      }
    });
  },
);
