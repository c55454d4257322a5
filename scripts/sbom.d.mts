/** One component of a CycloneDX bill of materials. */
export interface Component {
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses: readonly unknown[];
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}
/** The bill of materials; `serial` is a UUID, `time` an ISO time. */
export function billOfMaterials(options: { readonly serial: string; readonly time: string }): {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly components: readonly Component[];
};
