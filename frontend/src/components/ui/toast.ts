import type { NotificationData } from '@mantine/notifications';

const load = () => import('@mantine/notifications').then((module) => module.notifications);

/** A short message at the bottom. Its code arrives after the page. */
export const toast = {
  show: (data: NotificationData) => void load().then((notifications) => notifications.show(data)),
  hide: (id: string) => void load().then((notifications) => notifications.hide(id)),
};
