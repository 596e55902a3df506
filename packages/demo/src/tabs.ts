import type { StaffedPhone } from './virtual-phones.ts';

/** An operation that stands ready in GraphiQL. */
export interface DemoTab {
  readonly query: string;
}

const QUERY = `# What the gateway knows of its phones. Run it: Ctrl-Enter.
query Phones {
  phones {
    totalCount
    nodes {
      name
      vendor
      model
      firmware
      address
      reachability
      capabilities {
        capability
        transports
        evidence
      }
      activeCalls {
        state
        direction
        remote {
          number
          displayName
        }
      }
    }
  }
}
`;

const SUBSCRIPTION = `# Everything that the phones report, as it happens. Run it, leave it open, then run the mutations.
subscription PhoneEvents {
  phoneEvents {
    __typename
    ... on PhoneEvent {
      cursor
      receivedAt
      vendorEvent
      phone {
        name
      }
    }
    ... on CallEvent {
      callEventKind
      callState
      call {
        direction
        remote {
          number
          displayName
        }
      }
    }
    ... on FeatureEvent {
      feature
      enabled
    }
    ... on CaughtUp {
      cursor
    }
  }
}
`;

/**
 * The tabs: a query, mutations for a call between the first phones of two vendors, a subscription. Each runs as it is.
 */
export function demoTabs(phones: readonly StaffedPhone[]): readonly DemoTab[] {
  const [caller] = phones;
  const called = phones.find(({ person }) => person.vendor !== caller?.person.vendor) ?? phones[1];
  const call = caller === undefined || called === undefined ? [] : [{ query: callBetween(caller, called) }];
  return [{ query: QUERY }, ...call, { query: SUBSCRIPTION }];
}

function callBetween(caller: StaffedPhone, called: StaffedPhone): string {
  const { name, number } = called.person;
  return `# The button runs the operation that you choose. First Dial: ${caller.person.name} (${caller.person.number}) calls ${name} (${number}).
mutation Dial {
  dial(phoneId: "${caller.id}", command: { to: "${number}" }) {
    ...Told
  }
}

# Then Answer: ${name} takes the call.
mutation Answer {
  answer(phoneId: "${called.id}") {
    ...Told
  }
}

mutation Hold {
  setHold(phoneId: "${caller.id}", command: { held: true }) {
    ...Told
  }
}

mutation Resume {
  setHold(phoneId: "${caller.id}", command: { held: false }) {
    ...Told
  }
}

mutation HangUp {
  hangUp(phoneId: "${caller.id}") {
    ...Told
  }
}

fragment Told on Command {
  status
  transport
  phone {
    name
  }
  failure {
    code
    message
  }
}
`;
}
