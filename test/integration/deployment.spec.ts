import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { Script } from 'node:vm';
import { parse, parseAllDocuments } from 'yaml';
import { settings } from '../../src/config/settings';
import { ROOT } from '../support/markdown';

// There is no container engine where the tests run: what can be held against the code is.

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const settingOf = (name: 'SHUTDOWN_TIMEOUT_MS'): number => Number(settings[name].default);

/** `30s`, `5m` in seconds. */
const seconds = (duration: string): number => parseInt(duration, 10) * (duration.endsWith('m') ? 60 : 1);

/** Names that are no settings, and not to be ones. */
const unknownSettings = (names: readonly string[]): string[] => names.filter((name) => !(name in settings));

describe('Dockerfile', () => {
  const lines = read('Dockerfile')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const instructions = lines.map((line) => /^(?<name>[A-Z]+) (?<rest>.*)$/.exec(line)?.groups ?? {});
  const of = (name: string) => instructions.filter((one) => one['name'] === name).map((one) => one['rest'] ?? '');

  it('copies what is there and not kept out, and nothing else is let in', () => {
    const sources = of('COPY')
      .filter((rest) => !rest.startsWith('--from'))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    const allowed = read('.dockerignore').match(/(?<=^!).+$/gm) ?? [];
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
    expect([...sources].sort()).toEqual([...allowed].sort());
    expect(read('.dockerignore').split('\n')).toContain('*');
  });

  it('takes into the image only what the build stage has', () => {
    const sources = of('COPY').flatMap((rest) => /^--from=build \/app\/(\S+) /.exec(rest)?.[1] ?? []);
    expect(sources).toEqual(['package.json', 'node_modules', 'prisma', 'dist']);
  });

  it('uses npm scripts and a Node that the package declares', () => {
    const { scripts, engines } = JSON.parse(read('package.json')) as {
      scripts: Record<string, string>;
      engines: { node: string };
    };
    const run = [
      ...of('RUN')
        .join(' ')
        .matchAll(/npm run ([\w:-]+)/g),
    ].map(([, name = '']) => name);
    expect(run).toEqual(['generate', 'build']);
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
    expect(of('RUN').join(' ')).toContain('npm ci --ignore-scripts');
    const node = Number(/node:(\d+)-/.exec(of('ARG')[0] ?? '')?.[1]);
    expect(node).toBeGreaterThan(Number(/\d+/.exec(engines.node)?.[0]));
    expect(of('FROM').map((rest) => rest.split(' ')[0])).toEqual(['${NODE_IMAGE}', '${NODE_IMAGE}']);
  });

  it('runs the service as an ordinary user, with signals reaching it, and asks for its health', () => {
    expect(of('USER').at(-1)).toBe('1000:1000');
    const [command, health] = [of('CMD').at(-1) ?? '', of('HEALTHCHECK')[0] ?? ''];
    expect(JSON.parse(command)).toEqual(['node', 'dist/main.js']);
    expect(existsSync(join(ROOT, 'src/main.ts'))).toBe(true);
    const check = JSON.parse(/CMD (\[.*\])$/.exec(health)?.[1] ?? 'null') as string[];
    expect(check.slice(0, 2)).toEqual(['node', '-e']);
    expect(check[2]).toContain('/health/live');
    expect(() => new Script(check[2] ?? '(')).not.toThrow();
    const names = [
      ...of('ENV')
        .join(' ')
        .matchAll(/([A-Z_]+)=/g),
    ].map(([, name = '']) => name);
    expect(unknownSettings(names)).toEqual([]);
  });
});

describe('docker-compose.yml', () => {
  interface ComposeService {
    image?: string;
    build?: string;
    environment?: Record<string, string | number>;
    depends_on?: Record<string, { condition: string }>;
    healthcheck?: { test: string[] };
    volumes?: string[];
    profiles?: string[];
    stop_grace_period?: string;
    deploy?: { replicas: number };
    secrets?: { source: string; target: string }[];
    command?: string[];
  }
  const compose = parse(read('docker-compose.yml'), { merge: true }) as {
    services: Record<string, ComposeService>;
    volumes: object;
    secrets: Record<string, { environment: string }>;
  };
  const { services } = compose;
  const own = Object.entries(services).filter(([, { build }]) => build !== undefined);

  it('has PostgreSQL, Redis, the API and two workers, and monitoring on request', () => {
    const always = Object.keys(services).filter((name) => services[name]?.profiles === undefined);
    expect(always.sort()).toEqual(['api', 'postgres', 'redis', 'worker']);
    const monitoring = Object.keys(services).filter((name) => services[name]?.profiles?.includes('monitoring'));
    expect(monitoring.sort()).toEqual(['grafana', 'prometheus']);
    expect(services['worker']?.deploy?.replicas).toBe(2);
    expect(services['redis']?.command?.join(' ')).toContain('--maxmemory-policy noeviction');
  });

  it('gives the service settings that exist, and time to finish', () => {
    expect(own.map(([name, { environment }]) => [name, environment?.['ROLE']])).toEqual([
      ['api', 'api'],
      ['worker', 'worker'],
    ]);
    for (const [, { environment = {}, stop_grace_period: grace = '0s' }] of own) {
      expect(unknownSettings(Object.keys(environment))).toEqual([]);
      expect(environment).toMatchObject({ NODE_ENV: 'production', DATA_DIR: '/data' });
      expect(seconds(grace) * 1_000).toBeGreaterThan(settingOf('SHUTDOWN_TIMEOUT_MS'));
    }
    expect(unknownSettings(Object.values(compose.secrets).map(({ environment }) => environment))).toEqual([]);
  });

  it('waits only for services that say when they are well, and pins every image', () => {
    const waits = Object.values(services).flatMap(({ depends_on: on = {} }) => Object.entries(on));
    expect(waits.length).toBeGreaterThan(3);
    for (const [name, { condition }] of waits) {
      expect(condition).toBe('service_healthy');
      expect(services[name]?.healthcheck?.test[0]).toBe('CMD');
    }
    const images = Object.values(services).flatMap(({ build, image = '' }) => (build === undefined ? [image] : []));
    expect(images.filter((image) => !/:v?\d/.test(image))).toEqual([]);
  });

  it('mounts volumes that it declares, and files that are there', () => {
    const mounts = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':')[0] ?? ''),
    );
    const named = mounts.filter((mount) => !mount.startsWith('.'));
    expect([...new Set(named)].sort()).toEqual(Object.keys(compose.volumes).sort());
    expect(mounts.filter((mount) => mount.startsWith('.') && !existsSync(join(ROOT, mount)))).toEqual([]);
  });

  it('Prometheus finds its processes and its token where they are', () => {
    const prometheus = parse(read('ops/prometheus/prometheus.yml')) as {
      scrape_configs: {
        authorization?: { credentials_file: string };
        dns_sd_configs?: { names: string[]; port: number }[];
      }[];
    };
    const [scrape] = prometheus.scrape_configs;
    expect(services['prometheus']?.secrets?.map(({ target }) => target)).toEqual([
      scrape?.authorization?.credentials_file,
    ]);
    const [found] = scrape?.dns_sd_configs ?? [];
    expect(found?.names.filter((name) => !(name in services))).toEqual([]);
    expect(found?.port).toBe(services['api']?.environment?.['PORT']);
  });
});

describe('deploy/kubernetes', () => {
  interface Manifest {
    kind: string;
    apiVersion: string;
    metadata: { name: string; labels?: Record<string, string> };
    // Of any shape: each test reads what it is about.
    spec: ReturnType<typeof JSON.parse>;
    data?: Record<string, string>;
  }
  const FOLDER = 'deploy/kubernetes';
  const folders = ['base', 'autoscaling', 'example'];
  const documents = (file: string): Manifest[] =>
    parseAllDocuments(read(file)).map((document) => document.toJS() as Manifest);
  const kustomizations = folders.map((folder) => ({
    folder,
    ...(parse(read(`${FOLDER}/${folder}/kustomization.yaml`)) as { resources: string[]; components?: string[] }),
  }));
  const manifests = kustomizations.flatMap(({ folder, resources }) =>
    resources.filter((file) => file.endsWith('.yaml')).flatMap((file) => documents(`${FOLDER}/${folder}/${file}`)),
  );
  const ofKind = (kind: string): Manifest[] => manifests.filter((manifest) => manifest.kind === kind);
  const deployments = ofKind('Deployment');
  const podLabels = deployments.map(({ spec }) => spec.template.metadata.labels as Record<string, string>);
  const selects = (selector: Record<string, string>): boolean =>
    podLabels.some((labels) => Object.entries(selector).every(([key, value]) => labels[key] === value));

  it('every file has its place in a kustomization, and every place its file', () => {
    for (const { folder, resources, components = [] } of kustomizations) {
      const listed = [...resources, ...components].map((path) => normalize(join(ROOT, FOLDER, folder, path)));
      expect(listed.filter((path) => !existsSync(path))).toEqual([]);
      const files = readdirSync(join(ROOT, FOLDER, folder)).filter((file) => file.endsWith('.yaml'));
      const others = ['kustomization.yaml', 'prometheus-adapter-values.yaml'];
      expect(files.filter((file) => !resources.includes(file) && !others.includes(file))).toEqual([]);
    }
  });

  it('no two manifests are the same thing', () => {
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('selectors find their pods', () => {
    for (const { spec } of deployments) {
      expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels as object);
      expect(selects(spec.template.spec.topologySpreadConstraints[0].labelSelector.matchLabels)).toBe(true);
    }
    for (const { spec } of ofKind('Service')) expect(selects(spec.selector)).toBe(true);
    for (const { spec } of ofKind('PodDisruptionBudget')) expect(selects(spec.selector.matchLabels)).toBe(true);
    for (const { spec } of ofKind('NetworkPolicy')) expect(selects(spec.podSelector.matchLabels ?? {})).toBe(true);
    const [autoscaler] = ofKind('HorizontalPodAutoscaler');
    expect(deployments.map(({ metadata }) => metadata.name)).toContain(autoscaler?.spec.scaleTargetRef.name);
    const [ingress] = ofKind('Ingress');
    const service = ingress?.spec.rules[0].http.paths[0].backend.service as { name: string; port: { name: string } };
    const target = ofKind('Service').find(({ metadata }) => metadata.name === service.name);
    expect((target?.spec.ports as { name: string }[]).map(({ name }) => name)).toContain(service.port.name);
  });

  it('settings exist, and the secrets are in no manifest', () => {
    const [config] = ofKind('ConfigMap');
    const inSecret = read(`${FOLDER}/example/secret.example.env`).match(/^[A-Z_]+(?==)/gm) ?? [];
    const inPods = deployments.flatMap(({ spec }) => spec.template.spec.containers[0].env as { name: string }[]);
    const names = [...Object.keys(config?.data ?? {}), ...inSecret, ...inPods.map(({ name }) => name)];
    expect(unknownSettings(names)).toEqual([]);
    const isSecret = (name: string): boolean => 'secret' in settings[name as keyof typeof settings];
    expect(Object.keys(config?.data ?? {}).filter(isSecret)).toEqual([]);
    expect(inSecret.filter((name) => !isSecret(name))).toEqual([]);
  });

  it.each(deployments.map((deployment) => [deployment.metadata.name, deployment] as const))(
    '%s: probes, time to finish, and the restricted security standard',
    (name, { spec }) => {
      const pod = spec.template.spec;
      const [container] = pod.containers;
      expect(container.env).toEqual([{ name: 'ROLE', value: name }]);
      const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
      expect(probes.map(({ httpGet }) => httpGet.path as string)).toEqual([
        '/health/live',
        '/health/live',
        '/health/ready',
      ]);
      const [config] = ofKind('ConfigMap');
      expect(container.ports[0].containerPort).toBe(Number(config?.data?.['PORT']));
      const before = Number(container.lifecycle.preStop.exec.command[1]);
      const finishing = Number(config?.data?.['SHUTDOWN_TIMEOUT_MS']) / 1_000;
      expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(before + finishing);
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources.requests).toEqual({ cpu: expect.any(String), memory: expect.any(String) });
    },
  );

  it('the network policy keeps pods from every range that the service refuses', () => {
    const source = read('src/webhooks/endpoints/address-ranges.ts');
    const special = /SPECIAL_RANGES[^=]*= \[(?<ranges>[\s\S]*?)\]\.map/.exec(source)?.groups?.['ranges'] ?? '';
    const ranges = special.match(/(?<=')[^']+\/\d+(?=')/g) ?? [];
    expect(ranges.length).toBeGreaterThan(15);
    const internet = ofKind('NetworkPolicy').find(({ metadata }) => metadata.name === 'egress-to-the-internet');
    const rules = internet?.spec.egress as { to: { ipBlock?: { cidr: string; except: string[] } }[] }[];
    const excepted = rules.flatMap(({ to }) => to.flatMap(({ ipBlock }) => ipBlock?.except ?? []));
    expect(ranges.filter((range) => !excepted.includes(range))).toEqual([]);
  });

  it('the autoscaler asks for a metric that exists and that the adapter serves', () => {
    const [autoscaler] = ofKind('HorizontalPodAutoscaler');
    const metric = autoscaler?.spec.metrics[0].external.metric.name as string;
    const adapter = parse(read(`${FOLDER}/autoscaling/prometheus-adapter-values.yaml`)) as {
      rules: { external: { name: { as: string }; metricsQuery: string }[] };
    };
    expect(adapter.rules.external.map(({ name }) => name.as)).toEqual([metric]);
    expect(adapter.rules.external[0]?.metricsQuery).toContain(`max(${metric}{`);
    expect(read('src/metrics/metric-definitions.ts')).toContain(`${metric}: `);
  });
});
