/**
 * Dataset names of Splunk's Common Information Model, which stand before a field in tstats: `Processes.process_name`,
 * `All_Certificates.SSL.ssl_issuer`. Source: Splunk Common Information Model Add-on manual, one page a data model.
 */
const datasets: ReadonlySet<string> = new Set([
  "Alerts",
  "All_Application_State",
  "Ports",
  "Processes",
  "Services",
  "Authentication",
  "Failed_Authentication",
  "Successful_Authentication",
  "Default_Authentication",
  "Insecure_Authentication",
  "Privileged_Authentication",
  "All_Certificates",
  "SSL",
  "All_Changes",
  "Auditing_Changes",
  "Endpoint_Changes",
  "Network_Changes",
  "Account_Management",
  "Instance_Changes",
  "Data_Access",
  "All_Databases",
  "DLP_Incidents",
  "All_Email",
  "Filesystem",
  "Registry",
  "All_Interprocess_Messaging",
  "IDS_Attacks",
  "All_Inventory",
  "All_Identities",
  "All_Performance",
  "Malware_Attacks",
  "Malware_Operations",
  "DNS",
  "All_Sessions",
  "DHCP",
  "VPN",
  "All_Traffic",
  "All_Risk",
  "Updates",
  "Web",
  "Proxy",
  "Storage",
  "Vulnerabilities",
  "All_Ticket_Management",
  "All_JVM",
  "All_UEBA_Events",
  "UEBA_Anomalies",
]);

/** The field without the datasets before it, these or `own` ones; a name that is nothing but a dataset stays. */
export function withoutDataset(name: string, own: ReadonlySet<string>): string {
  let at = 0;
  for (;;) {
    const dot = name.indexOf(".", at);
    const part = name.slice(at, dot);
    if (dot < 0 || dot === name.length - 1 || !(datasets.has(part) || own.has(part))) return name.slice(at);
    at = dot + 1;
  }
}
