/**
 * Properties of every event that hold no text and are never null: addresses and numbers. A text operator needs `STR()`
 * around them. Custom properties hold texts, and none where their expression finds nothing.
 * @see https://www.ibm.com/docs/en/SSKMKU/com.ibm.qradar.doc/c_aql_even_flow_fields_ref.html
 * @see https://github.com/opencybersecurityalliance/stix-shifter/issues/365
 */
const addresses: ReadonlySet<string> = new Set(
  (
    "sourceip destinationip sourceaddress destinationaddress sourcev6 destinationv6 sourcemac destinationmac " +
    "postnatsourceip postnatdestinationip prenatsourceip prenatdestinationip identityip"
  ).split(" "),
);

const numbers: ReadonlySet<string> = new Set(
  (
    "sourceport destinationport postnatsourceport postnatdestinationport prenatsourceport prenatdestinationport " +
    "protocolid category highlevelcategory devicetype qid magnitude severity credibility relevance eventcount"
  ).split(" "),
);

export type PropertyKind = "address" | "number" | "text";

/** What a property holds; letter case of its name does not matter. */
export function kindOf(name: string): PropertyKind {
  const folded = name.toLowerCase();
  return addresses.has(folded) ? "address" : numbers.has(folded) ? "number" : "text";
}

/** Could this text be what an address property is compared with? */
export function isAddress(text: string): boolean {
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})$/iu.test(text);
}
