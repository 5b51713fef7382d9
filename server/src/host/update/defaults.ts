/** Where schemas are fetched from unless somebody says otherwise. */
export const DEFAULT_API_URL = "https://api.github.com/repos/elastic/detection-rules";
export const DEFAULT_FILES_URL = "https://raw.githubusercontent.com/elastic/detection-rules";
export const DEFAULT_REFERENCE = "main";
export const DEFAULT_REGISTRY_URL = "https://epr.elastic.co";
