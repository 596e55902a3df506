/** The keys that the phone has besides those of the pad, by their words in `api-send_key`. */
export const KEYS = /^(?:OK|UP|DOWN|LEFT|RIGHT|OFFHOOK|ONHOOK|HOLD|MUTE|SPEAKER|LOCK|UNLOCK|MPK\d+|SOFT[1-4])$/;
