/** For tests: the ways in which rules of different vendors write one indicator, by hand from their documentation and rules. */
import type { How, Recount } from "../scan/testing.ts";

/** One way in which rules of a corpus write an indicator. */
export interface Way {
  /** In lower case. */
  readonly fields: readonly string[];
  readonly how: How;
  readonly value: string;
  /** What the log source or the text of the query must hold, and must not. */
  readonly from?: RegExp;
  readonly but?: RegExp;
}

export interface Wanted {
  readonly field: string;
  readonly operator: string;
  readonly value: string;
  /** Corpus → all ways; the project's own rules are Sigma's. Of a corpus that is not listed, no rule asks for it. */
  readonly ways: Readonly<Record<string, readonly Way[]>>;
}

/** The rules of one corpus by what they ask for. */
export type Asking = ReadonlyMap<string, readonly { readonly field: string; readonly rule: Recount }[]>;

/** Brings together what rules look for; what they take out is not among it. */
export function askingOf(rules: readonly Recount[]): Asking {
  const asking = new Map<string, { readonly field: string; readonly rule: Recount }[]>();
  for (const rule of rules) {
    for (const { how, value, field, negated } of rule.asks) {
      if (negated) continue;
      const key = `${how} ${value}`;
      const uses = asking.get(key) ?? [];
      uses.push({ field, rule });
      asking.set(key, uses);
    }
  }
  return asking;
}

/** Paths of the active rules of one corpus that look for it. */
export function askers({ ways }: Wanted, corpus: string, asking: Asking): readonly string[] {
  const found = (ways[corpus === "detectionary" ? "sigma" : corpus] ?? []).flatMap(
    ({ fields, how, value, from, but }) =>
      (asking.get(`${how} ${value}`) ?? [])
        .filter(
          ({ field, rule }) =>
            fields.includes(field) && from?.test(rule.source) !== false && but?.test(rule.source) !== true,
        )
        .map(({ rule }) => rule),
  );
  return [...new Set(found)].map((one) => one.path).sort();
}

const launch = /PROCESS_LAUNCH/u;
const processTable = /\bDeviceProcessEvents\b/u;
const otherTable = /\bDevice(?!Process)\w+Events\b|\bDeviceEvents\b/u;
const library = /\/(?:image_load|driver_load)\//u;
const loads = /Sysmon EventID [67]\b/u;

export function processName(name: string): Wanted {
  const path = `\\${name}`;
  return {
    field: "process.name",
    operator: "eq",
    value: name,
    ways: {
      sigma: [
        {
          fields: ["image", "sourceimage", "newprocessname", "processname", "callerprocessname", "processpath", "path"],
          how: "ends",
          value: path,
        },
      ],
      elastic: [
        { fields: ["process.name"], how: "is", value: name },
        { fields: ["process.executable"], how: "ends", value: path },
      ],
      splunk: [
        { fields: ["process_name"], how: "is", value: name },
        {
          fields: ["image", "sourceimage", "newprocessname", "new_process_name", "process_path"],
          how: "ends",
          value: path,
        },
      ],
      chronicle: [
        { fields: ["target.process.file.full_path"], how: "ends", value: path, from: launch },
        { fields: ["principal.process.file.full_path"], how: "ends", value: path, but: launch },
      ],
      kql: [
        { fields: ["filename"], how: "is", value: name, from: processTable },
        { fields: ["initiatingprocessfilename"], how: "is", value: name, from: otherTable },
        { fields: ["folderpath", "newprocessname"], how: "ends", value: path, from: processTable },
      ],
    },
  };
}

export function parentName(name: string): Wanted {
  const path = `\\${name}`;
  return {
    field: "process.parent.name",
    operator: "eq",
    value: name,
    ways: {
      sigma: [{ fields: ["parentimage", "parentprocessname", "sourceparentimage"], how: "ends", value: path }],
      elastic: [
        { fields: ["process.parent.name"], how: "is", value: name },
        { fields: ["process.parent.executable"], how: "ends", value: path },
      ],
      splunk: [
        { fields: ["parent_process_name"], how: "is", value: name },
        { fields: ["parentimage", "parentprocessname", "parent_process_path"], how: "ends", value: path },
      ],
      chronicle: [{ fields: ["principal.process.file.full_path"], how: "ends", value: path, from: launch }],
      kql: [{ fields: ["initiatingprocessfilename"], how: "is", value: name, from: processTable }],
    },
  };
}

export function originalName(name: string): Wanted {
  return {
    field: "process.pe.original_file_name",
    operator: "eq",
    value: name,
    ways: {
      sigma: [{ fields: ["originalfilename"], how: "is", value: name, but: library }],
      elastic: [{ fields: ["process.pe.original_file_name"], how: "is", value: name }],
      splunk: [
        { fields: ["original_file_name", "originalfilename", "orig_process_name"], how: "is", value: name, but: loads },
      ],
      chronicle: [{ fields: ["src.process.file.full_path"], how: "is", value: name }],
      kql: [
        { fields: ["processversioninfooriginalfilename"], how: "is", value: name },
        { fields: ["initiatingprocessversioninfooriginalfilename"], how: "is", value: name, from: otherTable },
      ],
    },
  };
}

export function commandHas(value: string): Wanted {
  return {
    field: "process.command_line",
    operator: "contains",
    value,
    ways: {
      sigma: [{ fields: ["commandline"], how: "has", value }],
      elastic: [{ fields: ["process.command_line", "process.command_line.caseless"], how: "has", value }],
      splunk: [{ fields: ["process", "commandline", "process_command_line"], how: "has", value }],
      chronicle: [{ fields: ["target.process.command_line"], how: "has", value, from: launch }],
      kql: [{ fields: ["processcommandline"], how: "has", value, from: processTable }],
    },
  };
}

export function operation(written: string): Wanted {
  const value = written.toLowerCase();
  const is = (...fields: readonly string[]): readonly Way[] => [{ fields, how: "is", value }];
  return {
    field: "event.action",
    operator: "eq",
    value,
    ways: {
      sigma: is(
        "eventname",
        "operationname",
        "operation",
        "eventtype",
        "action",
        "properties.message",
        "activitydisplayname",
      ),
      elastic: is(
        "event.action",
        "o365.audit.operation",
        "azure.auditlogs.operation_name",
        "azure.signinlogs.operation_name",
        "azure.activitylogs.operation_name",
      ),
      splunk: is(
        "eventname",
        "operation",
        "operationname",
        "eventtype",
        "api.operation",
        "command",
        "event.name",
        "signature",
      ),
      chronicle: is("metadata.product_event_type"),
      kql: is("eventname", "operation", "operationname", "operationnamevalue", "actiontype", "activitydisplayname"),
    },
  };
}

/** A value that every corpus writes alike, by its names of the field. */
export function alike(
  field: string,
  operator: string,
  how: How,
  values: readonly string[],
  names: Readonly<Record<string, readonly string[]>>,
): readonly Wanted[] {
  return values.map((value) => {
    const written = value.toLowerCase();
    const ways = Object.entries(names).map(([corpus, fields]) => [corpus, [{ fields, how, value: written }]] as const);
    return { field, operator, value, ways: Object.fromEntries(ways) };
  });
}

export function libraryName(name: string): Wanted {
  const path = `\\${name}`;
  return {
    field: "dll.name",
    operator: "eq",
    value: name,
    ways: {
      sigma: [{ fields: ["imageloaded"], how: "ends", value: path }],
      elastic: [{ fields: ["dll.name"], how: "is", value: name }],
      splunk: [
        { fields: ["imageloaded", "loaded_file_path"], how: "ends", value: path },
        { fields: ["loaded_file"], how: "is", value: name },
      ],
      chronicle: [
        { fields: ["target.process.file.full_path"], how: "ends", value: path, from: /PROCESS_MODULE_LOAD/u },
      ],
      kql: [{ fields: ["filename"], how: "is", value: name, from: /\bDeviceImageLoadEvents\b/u }],
    },
  };
}

export function targetName(name: string): Wanted {
  const path = `\\${name}`;
  return {
    field: "Target.process.name",
    operator: "eq",
    value: name,
    ways: {
      sigma: [{ fields: ["targetimage"], how: "ends", value: path }],
      elastic: [
        { fields: ["target.process.name"], how: "is", value: name },
        { fields: ["winlog.event_data.targetimage"], how: "ends", value: path },
      ],
      splunk: [{ fields: ["targetimage"], how: "ends", value: path }],
      chronicle: [
        {
          fields: ["target.process.file.full_path"],
          how: "ends",
          value: path,
          from: /PROCESS_OPEN|PROCESS_INJECTION/u,
        },
      ],
    },
  };
}

export function registryNumber(number: string): Wanted {
  const both = (fields: readonly string[]): readonly Way[] => [
    { fields, how: "is", value: number },
    { fields, how: "is", value: `dword (${number})` },
    { fields, how: "is", value: `qword (${number})` },
  ];
  return {
    field: "registry.data.strings",
    operator: "eq",
    value: number,
    ways: {
      sigma: both(["details"]),
      elastic: both(["registry.data.strings"]),
      splunk: both(["registry_value_data", "details"]),
      chronicle: both(["target.registry.registry_value_data"]),
      kql: both(["registryvaluedata"]),
    },
  };
}

export function logonType(number: string, word: string): Wanted {
  return {
    field: "winlog.event_data.LogonType",
    operator: "eq",
    value: number,
    ways: {
      sigma: [{ fields: ["logontype"], how: "is", value: number }],
      elastic: [
        { fields: ["winlog.logon.type"], how: "is", value: word },
        { fields: ["winlog.event_data.logontype"], how: "is", value: number },
      ],
      splunk: [{ fields: ["logontype", "logon_type"], how: "is", value: number, from: /wineventlog_security/u }],
    },
  };
}

/** A hash of the new process in Sysmon's text of several, and in fields of its own. */
export function hashIn(
  field: string,
  value: string,
  label: string,
  names: Readonly<Record<string, readonly string[]>>,
): Wanted {
  const alone = Object.entries(names).map(([corpus, fields]) => [
    corpus,
    [{ fields, how: "is", value }] satisfies Way[],
  ]);
  const sigma: readonly Way[] = [
    { fields: ["hashes"], how: "has", value: `${label}=${value}`, from: /process_creation/u },
  ];
  return { field, operator: "eq", value, ways: { ...Object.fromEntries(alone), sigma } };
}

/** A file by the end of its name; its extension alone says the same. */
export function fileEnding(extension: string): Wanted {
  const value = `.${extension}`;
  return {
    field: "file.name",
    operator: "ends_with",
    value,
    ways: {
      sigma: [
        { fields: ["targetfilename"], how: "ends", value },
        { fields: ["filename"], how: "ends", value, from: /\/file_|\/antivirus\//u },
      ],
      elastic: [
        { fields: ["file.name", "file.path"], how: "ends", value },
        { fields: ["file.extension"], how: "is", value: extension },
      ],
      splunk: [{ fields: ["file_name", "file_path", "targetfilename"], how: "ends", value, but: /datamodel=Email/u }],
      chronicle: [{ fields: ["target.file.full_path"], how: "ends", value }],
      kql: [{ fields: ["filename", "folderpath"], how: "ends", value, from: /\bDeviceFileEvents\b/u }],
    },
  };
}

export function network(
  field: string,
  octets: string,
  cidr: string,
  names: Readonly<Record<string, readonly string[]>>,
): Wanted {
  const ways = Object.entries(names).map(
    ([corpus, fields]) =>
      [
        corpus,
        [
          { fields, how: "net", value: cidr },
          { fields, how: "starts", value: octets },
        ] satisfies Way[],
      ] as const,
  );
  return { field, operator: "cidr_match", value: cidr, ways: Object.fromEntries(ways) };
}

/** Names of the address of either end of a connection, by corpus. */
export const ends = {
  sigma: ["destinationip", "dst_ip", "id.resp_h", "destaddress"],
  elastic: ["destination.ip"],
  splunk: ["dest_ip", "destinationip"],
  chronicle: ["target.ip"],
  kql: ["remoteip"],
};
export const starts = {
  sigma: ["sourceip", "src_ip", "id.orig_h", "ipaddress", "sourceaddress", "clientaddress", "address"],
  elastic: ["source.ip"],
  splunk: ["src_ip", "sourceip", "ipaddress"],
  chronicle: ["principal.ip"],
};
