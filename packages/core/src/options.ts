/**
 * The Standard Schema interface (standardschema.dev, version 1), as far as the contract needs it, so that a driver
 * may use zod, valibot, ArkType or its own code, and this package needs none of them.
 */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** What a check of a value gives. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };

/** The options that a driver takes for a phone. They arrive as strings by name, as GraphQL's `OptionInput`. */
export interface DriverOptions<Options> {
  /** Checks `Record<string, string>`, converts, and fills in the defaults. */
  readonly schema: StandardSchemaV1<unknown, Options>;
  /** For people: every option with what it does. */
  readonly descriptions: Readonly<Record<keyof Options & string, string>>;
  /**
   * Further credentials by the name that {@link HttpRequest.credentials} uses: which options hold them. Their
   * passwords are kept like the phone's own password and never reach the driver.
   */
  readonly credentials?: Readonly<Record<string, { readonly username: string; readonly password: string }>>;
}
