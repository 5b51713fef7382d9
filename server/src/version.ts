declare const RULEWRIGHT_VERSION: string;

/** The version in package.json, put in when the bundles are built. */
export const VERSION: string = RULEWRIGHT_VERSION;
