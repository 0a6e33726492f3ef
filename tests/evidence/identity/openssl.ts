/** The independent judges, openssl and certtool, in a folder of their own that goes away after the tests. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

export class Bench {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<Bench> {
    return new Bench(await mkdtemp(join(tmpdir(), 'holdfast-judge-')));
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  async write(name: string, bytes: Uint8Array | string): Promise<void> {
    await writeFile(join(this.folder, name), bytes);
  }

  async read(name: string): Promise<Uint8Array> {
    return new Uint8Array(await readFile(join(this.folder, name)));
  }

  /** Runs a program in the folder and tells how it went; a missing program is an error. */
  run(program: string, ...args: string[]): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      execFile(program, args, { cwd: this.folder }, (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, stderr });
        else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
        else reject(error);
      });
    });
  }

  /** Runs openssl, which must succeed. The command is split at spaces. */
  async openssl(command: string): Promise<string> {
    const { code, stdout, stderr } = await this.run('openssl', ...command.split(' '));
    if (code !== 0) throw new Error(`openssl ${command}: ${stderr}`);
    return stdout;
  }
}

export type KeyType = 'P-256' | 'P-384' | 'P-521' | 'RSA-2048' | 'RSA-3072' | 'RSA-4096' | 'Ed25519';

export async function makeKey(bench: Bench, name: string, type: KeyType): Promise<void> {
  const [family, size] = type.split('-');
  const options =
    family === 'P'
      ? `-algorithm EC -pkeyopt ec_paramgen_curve:${type}`
      : family === 'RSA'
        ? `-algorithm RSA -pkeyopt rsa_keygen_bits:${size}`
        : '-algorithm ED25519';
  await bench.openssl(`genpkey ${options} -out ${name}.key`);
}

/** `NAME.key` and a self-signed `NAME.pem`. */
export async function makeSelfSigned(bench: Bench, name: string, type: KeyType): Promise<void> {
  await makeKey(bench, name, type);
  await bench.openssl(
    `req -x509 -key ${name}.key -subj /O=Invented/CN=${name} -days 3000 -out ${name}.pem -addext keyUsage=critical,digitalSignature`,
  );
}

/** `NAME.key` and `NAME.pem`, issued by `ISSUER.key`, with these lines of extensions. */
export async function makeIssued(
  bench: Bench,
  name: string,
  type: KeyType,
  issuer: string,
  extensions: string,
): Promise<void> {
  await makeKey(bench, name, type);
  await bench.write(`${name}.ext`, extensions);
  await bench.openssl(`req -new -key ${name}.key -subj /O=Invented/CN=${name} -out ${name}.csr`);
  await bench.openssl(
    `x509 -req -in ${name}.csr -CA ${issuer}.pem -CAkey ${issuer}.key -CAcreateserial -days 2000 -sha256 -extfile ${name}.ext -out ${name}.pem`,
  );
}

export const authorityExtensions =
  'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n';

export const signerExtensions =
  'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,nonRepudiation\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n';

/** An organisation: `root` (P-384, self-signed) over `sub` (RSA 2048), for signers to be issued by `sub`. */
export async function makeOrganisation(bench: Bench): Promise<void> {
  await makeKey(bench, 'root', 'P-384');
  await bench.openssl(
    'req -x509 -key root.key -subj /O=Invented/CN=root -days 3000 -out root.pem -addext keyUsage=critical,keyCertSign',
  );
  await makeIssued(bench, 'sub', 'RSA-2048', 'root', authorityExtensions);
  const chain = await Promise.all(['sub.pem', 'root.pem'].map((name) => bench.read(name)));
  await bench.write('chain.pem', Buffer.concat(chain));
}

/** `NAME.p12` as openssl writes it unless told otherwise, with the passphrase 'p12 secret'. */
export async function exportPkcs12(bench: Bench, name: string, options = ''): Promise<Uint8Array> {
  await bench.write('p12.pass', p12Passphrase);
  const extra = options === '' ? '' : ` ${options}`;
  await bench.openssl(
    `pkcs12 -export -inkey ${name}.key -in ${name}.pem -out ${name}.p12 -passout file:p12.pass${extra}`,
  );
  return bench.read(`${name}.p12`);
}

export const p12Passphrase = 'p12 secret';
