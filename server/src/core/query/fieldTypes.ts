/** The interface through which verifiers and engines ask for a field's type. Knowledge and mappings implement it. */

export interface MappedField {
  readonly name: string;
  /** Elasticsearch type: `keyword`, `long`, `ip`, `text`, `alias`, `nested`, … */
  readonly type: string;
  /** Full names of sub-fields of the keyword family, by which a text field can be compared exactly. */
  readonly exactSubfields: readonly string[];
  /** A keyword with a normaliser, which cannot be compared exactly. */
  readonly isNormalized: boolean;
  /** The nearest `nested` field above it. */
  readonly nestedIn: string | undefined;
  /** Stands for null in a document. */
  readonly nullValue: string | number | boolean | undefined;
}

export interface FieldTypes {
  get(name: string): MappedField | undefined;
  /** False: a name that is not in here may exist all the same, and is unverified. */
  readonly isComplete: boolean;
  /** All names, for suggestions. */
  names(): Iterable<string>;
}
