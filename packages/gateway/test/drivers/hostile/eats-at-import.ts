import { commit } from './deeds.ts';

commit('eats');
