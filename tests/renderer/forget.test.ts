import { expect, test } from 'vitest';
import { forgetArchive, keys, makeQueryClient } from '../../renderer/bridge/queryClient.ts';

test('when an archive is closed, nothing that came out of it is kept, and what is of this computer stays', () => {
  const client = makeQueryClient();
  for (const key of Object.values(keys)) client.setQueryData([...key, 'one'], 'words');

  forgetArchive(client);

  const left = client.getQueryCache().getAll();
  expect(left.map(({ queryKey }) => queryKey[0]).sort()).toEqual(['info', 'keychain', 'lock', 'status']);
});
