/** Fields outside ECS, from fact tables of our own: what the embedded data knows of integrations. */

export interface VendorField {
  readonly name: string;
  readonly type: string;
  /** Datasets, packages or index patterns that have it: `azure.auditlogs`, `windows`, `.alerts-security.*`. */
  readonly sets: readonly string[];
}

/** Names below it are free: keys of a flattened object, or a vendor's own payload. */
export interface OpenNamespace {
  /** Without the dot at its end: `o365.audit.Parameters`. */
  readonly prefix: string;
  readonly type: string;
  readonly sets: readonly string[];
}

export interface VendorFields {
  readonly size: number;
  get(name: string): VendorField | undefined;
  /** The nearest open namespace above a name. */
  openAbove(name: string): OpenNamespace | undefined;
  /** Whether any field of this vendor (the first part of the name) is known. */
  hasRoot(root: string): boolean;
  all(): Iterable<VendorField>;
}
