/** Chromium, without a window. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, type Page, chromium } from "playwright-core";
import { temporaryFolder } from "./temporaryFolder.ts";

export interface Browser {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

const executable = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

const options = [
  ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"],
  ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
].flat();

/** Webviews need a service worker, which a private window forbids: a profile on disk that takes cookies allows it. */
const preferences = {
  profile: {
    cookie_controls_mode: 0,
    block_third_party_cookies: false,
    default_content_setting_values: { cookies: 1 },
  },
};

export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(executable)) {
    throw new Error(
      `No Chromium at ${executable}: install it (Debian: apt-get install chromium) or set CHROMIUM`,
    );
  }
  const folder = temporaryFolder("chromium");
  mkdirSync(join(folder.path, "Default"));
  writeFileSync(join(folder.path, "Default/Preferences"), JSON.stringify(preferences));
  const context: BrowserContext = await chromium.launchPersistentContext(folder.path, {
    executablePath: executable,
    args: [...options],
    viewport: { width: 1400, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  return {
    newPage: () => context.newPage(),
    async close() {
      await context.close();
      folder.remove();
    },
  };
}
