import { createVirtualSnomPhone } from '@hookswitch/driver-snom/virtual';
import { serve } from './child.ts';

// Without a login, so that a command is one request on both sides.
const phone = createVirtualSnomPhone({ model: 'D785', identities: [{ number: '101' }] });
await phone.start();
serve({ address: phone.address }, () => phone.stop());
