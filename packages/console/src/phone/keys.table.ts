import { graphql } from '../graphql/graphql.ts';

/**
 * Asks which keys this phone takes, without pressing them. It is one operation, so its size is that of the API's limits:
 * digits and the programmable keys, which every driver knows by the model, are left out.
 */
export const KeysQuery = graphql(`
  query Keys($phoneId: ID!) {
    OK: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "OK" }] } }) { failure { code } }
    CANCEL: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "CANCEL" }] } }) { failure { code } }
    UP: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "UP" }] } }) { failure { code } }
    DOWN: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "DOWN" }] } }) { failure { code } }
    LEFT: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "LEFT" }] } }) { failure { code } }
    RIGHT: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "RIGHT" }] } }) { failure { code } }
    MENU: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "MENU" }] } }) { failure { code } }
    OFF_HOOK: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "OFF_HOOK" }] } }) { failure { code } }
    ON_HOOK: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "ON_HOOK" }] } }) { failure { code } }
    SPEAKER: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "SPEAKER" }] } }) { failure { code } }
    HEADSET: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "HEADSET" }] } }) { failure { code } }
    HOLD: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "HOLD" }] } }) { failure { code } }
    TRANSFER: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "TRANSFER" }] } }) { failure { code } }
    CONFERENCE: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "CONFERENCE" }] } }) { failure { code } }
    MUTE: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "MUTE" }] } }) { failure { code } }
    REDIAL: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "REDIAL" }] } }) { failure { code } }
    DND: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "DND" }] } }) { failure { code } }
    RECORD: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "RECORD" }] } }) { failure { code } }
    MESSAGE: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "MESSAGE" }] } }) { failure { code } }
    DIRECTORY: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "DIRECTORY" }] } }) { failure { code } }
    VOLUME_UP: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "VOLUME_UP" }] } }) { failure { code } }
    VOLUME_DOWN: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "VOLUME_DOWN" }] } }) { failure { code } }
    SOFT_1: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "SOFT_1" }] } }) { failure { code } }
    SOFT_2: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "SOFT_2" }] } }) { failure { code } }
    SOFT_3: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "SOFT_3" }] } }) { failure { code } }
    SOFT_4: explainCommand(phoneId: $phoneId, command: { pressKeys: { keys: [{ key: "SOFT_4" }] } }) { failure { code } }
  }
`);
