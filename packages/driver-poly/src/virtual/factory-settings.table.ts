/** Settings as the phone leaves the factory. Those of push and notifications: the guide, pages 75 and 76. */
export const FACTORY_SETTINGS: Readonly<Record<string, string>> = {
  'apps.restapi.enabled': '1',
  'apps.telNotification.URL': '',
  'apps.telNotification.callStateChangeEvent': '0',
  'apps.telNotification.incomingEvent': '0',
  'apps.telNotification.outgoingEvent': '0',
  'apps.telNotification.lineRegistrationEvent': '0',
  'apps.telNotification.offhookEvent': '0',
  'apps.telNotification.onhookEvent': '0',
  'apps.push.messageType': '0',
  'apps.push.username': '',
  'apps.push.password': '',
  'apps.push.serverRootURL': '',
  'up.screenCapture.enabled': '0',
};
