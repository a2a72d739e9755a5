import { resolve } from 'node:path';
import { type Page, test } from '@playwright/test';

const folder = resolve(__dirname, '../../screenshots');

/** What a screenshot is of, apart from the page as it stands. */
type Variant = { dark?: boolean; width?: number; print?: boolean };

/** Saves the whole page as `screenshots/<project>-<name>.png`; with `dark` and `width`, those variants too. */
export async function screens(page: Page, name: string, { dark, width, print }: Variant = {}): Promise<void> {
  const shoot = (ending = '') =>
    page.screenshot({
      path: resolve(folder, `${test.info().project.name}-${name}${ending}.png`),
      fullPage: true,
      animations: 'disabled',
    });
  if (print) {
    await page.emulateMedia({ media: 'print' });
    await shoot('-print');
    await page.emulateMedia({ media: 'screen' });
    return;
  }
  await shoot();
  if (dark) {
    await page.emulateMedia({ colorScheme: 'dark' });
    await shoot('-dark');
    await page.emulateMedia({ colorScheme: 'light' });
  }
  const before = page.viewportSize();
  if (width && before && test.info().project.name === 'desktop') {
    await page.setViewportSize({ width, height: 1080 });
    await shoot(`-${width}`);
    await page.setViewportSize(before);
  }
}
