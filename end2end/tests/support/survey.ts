import { type Locator, type Page, expect } from '@playwright/test';

/** The areas of the catalogue, in the order of the survey. */
export const AREAS = ['Digital kompetens', 'Digital trygghet', 'Digital innovation', 'Digital infrastruktur', 'Digital ledning'];

export const CURRENT = 'Hur bra är vi i dag';
export const TARGET = 'Vilken nivå räcker';

/** A question as a screen reader finds it: a group named by capability and question. */
export function question(page: Page, capability: string, words: string): Locator {
  return page.getByRole('group', { name: new RegExp(`${capability}.*${words}`) });
}

/** A level in a question, by its number. */
export function level(page: Page, capability: string, words: string, number: number): Locator {
  return question(page, capability, words).getByRole('radio', { name: new RegExp(`^${number} `) });
}

/** The section of a capability. */
export function about(page: Page, capability: string): Locator {
  return page.locator('section.asked').filter({ has: page.getByRole('heading', { level: 2, name: capability, exact: true }) });
}

/** Goes on to the next page and waits until it is there. */
export async function goOn(page: Page, to: string): Promise<void> {
  await page.getByRole('button', { name: /^Spara och/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(to);
}
