/** Writing a planned bundle in one go. */
import {
  type BundleOrder,
  beginBundle,
  type Sign,
  type WrittenBundle,
} from '../../../evidence/build/write.ts';

export async function writeBundle({ sign, ...order }: BundleOrder & { sign: Sign }): Promise<WrittenBundle> {
  const begun = await beginBundle(order);
  try {
    return await begun.finish(order.plan, sign);
  } catch (error) {
    await begun.discard();
    throw error;
  }
}
