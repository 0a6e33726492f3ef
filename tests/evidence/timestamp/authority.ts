/** A real authority for timestamps: a CA and its certificates by `openssl ca`, tokens by `openssl ts` and `cms`. */
import { createHash } from 'node:crypto';
import { Integer } from 'asn1js';
import { algorithm, encode, encoded, octets, oid, sequence } from '../../../evidence/identity/der-encode.ts';
import { oids } from '../../../evidence/identity/oids.ts';
import { fromPem } from '../../../evidence/identity/pem.ts';
import { wrap } from '../identity/der-edit.ts';
import { Bench, type KeyType, makeKey } from '../identity/openssl.ts';

export const authorityExtensions =
  'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n';
export const stampingExtensions =
  'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\nsubjectKeyIdentifier=hash\n';

const configuration = `[ca]
default_ca=d
[d]
database=index.txt
new_certs_dir=.
rand_serial=yes
default_md=sha256
default_crl_days=30
policy=p
unique_subject=no
[p]
organizationName=optional
commonName=supplied
[tsa]
serial=serial
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256,sha384,sha512
accuracy=secs:1, microsecs:100
ordering=yes
tsa_name=yes
ess_cert_id_alg=sha256
`;

/** What a test wants the authority to sign; all else is as an honest one has it. */
export interface Info {
  digest: Uint8Array;
  genTime: Date | string;
  nonce?: Uint8Array;
  more?: readonly Uint8Array[];
}

export class Authority {
  readonly bench: Bench;

  private constructor(bench: Bench) {
    this.bench = bench;
  }

  /** With the CA `ca`, whose name is `caName`, and nothing below it yet. */
  static async open(caName = 'Invented Root', caType: KeyType = 'P-256'): Promise<Authority> {
    const bench = await Bench.open();
    await bench.write('ca.cnf', configuration);
    await bench.write('index.txt', '');
    await makeKey(bench, 'ca', caType);
    await bench.write('ca.ext', 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n');
    const authority = new Authority(bench);
    await authority.#ask('ca', caName);
    await bench.openssl(
      'ca -selfsign -batch -notext -config ca.cnf -keyfile ca.key -in ca.csr -out ca.pem -extfile ca.ext -startdate 20150101000000Z -enddate 20450101000000Z',
    );
    return authority;
  }

  close(): Promise<void> {
    return this.bench.close();
  }

  /** `NAME.key` and `NAME.pem`, issued by `by`, valid in these years. */
  async issue(
    name: string,
    type: KeyType,
    {
      extensions = stampingExtensions,
      commonName = 'Invented Time',
      from = '2020',
      until = '2040',
      by = 'ca',
    } = {},
  ): Promise<void> {
    await makeKey(this.bench, name, type);
    await this.bench.write(`${name}.ext`, extensions);
    await this.#ask(name, commonName);
    await this.bench.openssl(
      `ca -batch -notext -config ca.cnf -cert ${by}.pem -keyfile ${by}.key -in ${name}.csr -out ${name}.pem -extfile ${name}.ext -startdate ${from}0101000000Z -enddate ${until}0101000000Z`,
    );
  }

  async #ask(name: string, commonName: string): Promise<void> {
    const request = `req -new -key ${name}.key -out ${name}.csr -subj`.split(' ');
    const { code, stderr } = await this.bench.run('openssl', ...request, `/O=Invented/CN=${commonName}`);
    if (code !== 0) throw new Error(stderr);
  }

  async certificate(name: string): Promise<Uint8Array> {
    const [der] = fromPem(Buffer.from(await this.bench.read(`${name}.pem`)).toString());
    if (der === undefined) throw new Error(`${name}.pem is empty`);
    return der;
  }

  /** What `openssl ts -reply` answers to a request. `settings` replace lines of the configuration. */
  async reply(
    signer: string,
    request: Uint8Array,
    settings: Record<string, string> = {},
  ): Promise<Uint8Array> {
    let text = configuration;
    for (const [key, value] of Object.entries(settings)) {
      text = text.replace(new RegExp(`^${key}=.*$`, 'm'), `${key}=${value}`);
    }
    await this.bench.write('ts.cnf', text);
    await this.bench.write('q.tsq', request);
    await this.bench.openssl(
      `ts -reply -config ts.cnf -section tsa -queryfile q.tsq -signer ${signer}.pem -inkey ${signer}.key -chain ca.pem -out r.tsr`,
    );
    return this.bench.read('r.tsr');
  }

  /** A response with any content and any certificate, signed by `openssl cms`, which asks no questions. */
  async sign(
    signer: string,
    info: Info,
    options = '-certfile ca.pem',
    digest = 'sha256',
    form = '-cades ',
  ): Promise<Uint8Array> {
    await this.bench.write('info.der', tokenInfo(info));
    await this.bench.openssl(
      `cms -sign -binary -nodetach ${form}-nosmimecap -econtent_type ${oids.tstInfo} -md ${digest} -in info.der -signer ${signer}.pem -inkey ${signer}.key ${options} -outform DER -out token.der`,
    );
    return wrap(0x30, wrap(0x30, Uint8Array.of(2, 1, 0)), await this.bench.read('token.der'));
  }

  /** Revokes `NAME.pem` now. */
  async revoke(name: string, reason: string): Promise<void> {
    await this.bench.openssl(
      `ca -config ca.cnf -cert ca.pem -keyfile ca.key -revoke ${name}.pem -crl_reason ${reason}`,
    );
  }

  async revocationList(by = 'ca'): Promise<Uint8Array> {
    await this.bench.openssl(`ca -config ca.cnf -cert ${by}.pem -keyfile ${by}.key -gencrl -out list.pem`);
    await this.bench.openssl('crl -in list.pem -outform DER -out list.crl');
    return this.bench.read('list.crl');
  }

  /** An OCSP response about `NAME.pem`, signed by `responder`. */
  async ocsp(name: string, responder = 'ca', more = ''): Promise<Uint8Array> {
    await this.bench.openssl(`ocsp -issuer ca.pem -cert ${name}.pem -no_nonce -reqout o.req`);
    await this.bench.openssl(
      `ocsp -index index.txt -CA ca.pem -rsigner ${responder}.pem -rkey ${responder}.key -reqin o.req -respout o.res -ndays 7${more}`,
    );
    return this.bench.read('o.res');
  }

  /** What `openssl ts -verify` says of a response to a request. */
  async judge(request: Uint8Array, response: Uint8Array) {
    await this.bench.write('q.tsq', request);
    await this.bench.write('r.tsr', response);
    return this.bench.run('openssl', ...'ts -verify -queryfile q.tsq -in r.tsr -CAfile ca.pem'.split(' '));
  }
}

export function tokenInfo({ digest, genTime, nonce, more = [] }: Info): Uint8Array {
  const time =
    typeof genTime === 'string'
      ? genTime
      : genTime.toISOString().replaceAll(/[-:T]/g, '').replace('.000', '');
  return encode(
    sequence(
      new Integer({ value: 1 }),
      oid('1.2.3.4.1'),
      sequence(algorithm(oids.sha256, 'null'), octets(digest)),
      new Integer({ value: 77 }),
      encoded(wrap(0x18, Buffer.from(time))),
      ...(nonce === undefined ? [] : [encoded(wrap(2, nonce))]),
      ...more.map(encoded),
    ),
  );
}

export function sha256Of(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
