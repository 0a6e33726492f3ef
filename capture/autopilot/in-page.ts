/** The autopilot's program in the page, as it is spoken to from outside. Its answers are checked: the page is hostile. */
import { z } from 'zod';
import { World } from '../artifacts/world.ts';
import { CdpError, type CdpSession } from '../cdp-session.ts';
import { call, program } from './in-page/program.ts';
import { rulesFor } from './rules.ts';

/** Characters of states that are fetched in one message. */
const mostFetched = 2 * 1024 * 1024;

const lookSchema = z.object({
  posts: z.number().int(),
  shown: z.array(z.number().int()).max(10_000),
  removed: z.number().int(),
  changes: z.number(),
  drawn: z.boolean(),
  touches: z.number(),
  place: z.number(),
  height: z.number(),
  address: z.string(),
});
export type Look = z.infer<typeof lookSchema>;

const takenSchema = z.object({
  states: z.array(z.object({ n: z.number().int(), html: z.string().nullable(), text: z.string() })),
  more: z.boolean(),
});
const openerSchema = z.object({ touches: z.number(), x: z.number(), y: z.number() }).nullable();

export class InPage {
  readonly #world: World;

  private constructor(world: World) {
    this.#world = world;
  }

  /** Rejects with a CdpError when the frame is gone. */
  static async begin(session: CdpSession, frameId: string, url: string): Promise<InPage> {
    const page = new InPage(await World.of(session, frameId, 'autopilot'));
    await page.#ask(z.literal(true), program(rulesFor(url)));
    return page;
  }

  look(): Promise<Look> {
    return this.#ask(lookSchema, call('look'));
  }

  /** States of posts since they were last fetched, in pieces. */
  async *states(): AsyncGenerator<z.infer<typeof takenSchema>['states']> {
    for (;;) {
      const { states, more } = await this.#ask(takenSchema, call('take', mostFetched));
      yield states;
      if (!more) return;
    }
  }

  /** By a part of what is in view; answers by how many pixels it moved. */
  move(part: number): Promise<number> {
    return this.#ask(z.number(), call('move', part));
  }

  /** Something in the page says that more is on its way. */
  isWaiting(): Promise<boolean> {
    return this.#ask(z.boolean(), call('isWaiting'));
  }

  /** Presses the next control in view that shows more; answers where, and what had changed before. Null: there is none. */
  open(): Promise<z.infer<typeof openerSchema>> {
    return this.#ask(openerSchema, call('opener'));
  }

  /** Plays what is in view; answers how many were begun. */
  play(): Promise<number> {
    return this.#ask(z.number(), call('play'));
  }

  /** How many films are still loading; `stop`: they are stopped. */
  stillLoading(stop: boolean): Promise<number> {
    return this.#ask(z.number(), call('stillLoading', stop));
  }

  back(): Promise<unknown> {
    return this.#ask(z.unknown(), call('back'));
  }

  async #ask<S extends z.ZodType>(schema: S, expression: string): Promise<z.output<S>> {
    const parsed = schema.safeParse(await this.#world.ask(expression));
    if (!parsed.success)
      throw new CdpError('Runtime.evaluate', 'the page could not be looked at', { cause: parsed.error });
    return parsed.data;
  }
}
