import type { NotificationData } from '@mantine/notifications';

const load = () => import('@mantine/notifications').then((module) => module.notifications);

/** A short message at the bottom. Its code arrives after the page. */
export const toast = {
  show: (data: NotificationData) => void load().then((notifications) => notifications.show(data)),
  /** Changes one that is shown, by its id. */
  update: (data: NotificationData) => void load().then((notifications) => notifications.update(data)),
  hide: (id: string) => void load().then((notifications) => notifications.hide(id)),
};
