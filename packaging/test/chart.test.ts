import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { Ajv } from 'ajv';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildRenderer, chart, type KubernetesObject, render, valuesWith } from './support/chart.ts';
import { mayRun } from './support/may-run.ts';

const KINDS = { Deployment, Ingress, NetworkPolicy, PersistentVolumeClaim, Secret, Service, ServiceMonitor };
const PUBLIC = { publicUrl: 'http://192.0.2.10:4000' };
const ALL = {
  ...PUBLIC,
  config: { policy: { deny: ['factoryReset'] }, phones: [{ name: 'Reception', password: 'a: "b"' }] },
  existingSecret: 'hookswitch-keys',
  sip: { enabled: true, advertise: '192.0.2.10' },
  service: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', annotations: { a: 'b' } },
  ingress: {
    enabled: true,
    className: 'nginx',
    hosts: ['phones.example'],
    tls: [{ secretName: 't', hosts: ['phones.example'] }],
  },
  serviceMonitor: { enabled: true, labels: { release: 'prometheus' } },
  networkPolicy: { enabled: true, from: [{ ipBlock: { cidr: '192.0.2.0/24' } }] },
  persistence: { storageClass: 'fast' },
  nodeSelector: { disk: 'local' },
  tolerations: [{ key: 'phones', operator: 'Exists' }],
  podAnnotations: { c: 'd' },
  imagePullSecrets: [{ name: 'registry' }],
};

const valid = new Ajv({ strict: false }).compile(chart.schema);

test('the schema takes the values of the chart and all that may be switched on, and nothing misspelt', () => {
  for (const values of [chart.values, valuesWith(ALL)]) {
    valid(values);
    expect(valid.errors).toBeNull();
  }
  for (const wrong of [{ replicas: 2 }, { publicUrl: 'phones' }, { allowedTargets: [] }, { sip: { port: '5060' } }]) {
    expect(valid(valuesWith(wrong))).toBe(false);
  }
});

describe.runIf(mayRun('chart', 'go'))('the chart', () => {
  let program: string;
  beforeAll(() => {
    program = buildRenderer();
  });

  test.each([
    ['as it is', PUBLIC, ['Deployment', 'PersistentVolumeClaim', 'Service']],
    ['with all switched on', ALL, Object.keys(KINDS)],
  ])('%s: every object is one by the schema of Kubernetes', (_, values, kinds) => {
    const objects = render(program, values);
    expect(objects.map(({ kind }) => kind).sort()).toEqual([...kinds].sort());
    for (const object of objects) validate(object);
  });

  test('one process has the database, and it is as confined as the container file says', () => {
    const pod = podOf(render(program, PUBLIC));
    expect(pod).toMatchObject({
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 10001 },
      containers: [
        {
          image: `hookswitch:${chart.description['appVersion']}`,
          securityContext: {
            readOnlyRootFilesystem: true,
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
          },
          livenessProbe: { httpGet: { path: '/health/live' } },
          readinessProbe: { httpGet: { path: '/health/ready' } },
        },
      ],
    });
    const deployment = render(program, PUBLIC).find(({ kind }) => kind === 'Deployment');
    expect(deployment?.spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
  });

  test('the configuration file comes through whole', () => {
    const secret = render(program, ALL).find(({ kind }) => kind === 'Secret');
    expect(secret?.stringData?.['hookswitch.yaml']).toContain('password:');
    expect(secret?.stringData?.['hookswitch.yaml']).toContain('a: "b"');
  });

  test('without the address that phones are told it is refused, in words', () => {
    expect(() => render(program, {})).toThrow('publicUrl: the gateway as the phones see it');
    expect(() => render(program, { ...PUBLIC, ingress: { enabled: true } })).toThrow(
      'ingress.hosts: name at least one',
    );
  });
});

function validate(object: KubernetesObject): void {
  const entry = Object.entries(KINDS).find(([kind]) => kind === object.kind);
  if (entry === undefined) throw new Error(`no schema of ${object.kind}`);
  const [, Model] = entry;
  expect(object.apiVersion).toBe(Model.apiVersion);
  Reflect.construct(Model, [object]).validate();
}

function podOf(objects: readonly KubernetesObject[]): unknown {
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return JSON.parse(JSON.stringify(deployment?.spec?.['template'])).spec;
}
