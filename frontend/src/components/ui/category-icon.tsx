import {
  IconApple,
  IconBeer,
  IconBottle,
  IconBread,
  IconBriefcase,
  IconBurger,
  IconCake,
  IconCoffee,
  IconConfetti,
  IconCookie,
  IconDots,
  IconEgg,
  IconFish,
  IconGift,
  IconGlass,
  IconHeart,
  IconHome,
  IconIceCream,
  IconMeat,
  IconPizza,
  IconPlane,
  IconReceipt,
  IconSalad,
  IconSchool,
  IconShoppingCart,
  IconSoup,
  IconStar,
  IconToolsKitchen2,
  IconTruckDelivery,
  IconUsers,
  IconCircleDashed,
  type Icon,
} from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import classes from './category-icon.module.css';

const ICONS: Record<string, Icon> = {
  'tools-kitchen-2': IconToolsKitchen2,
  'shopping-cart': IconShoppingCart,
  glass: IconGlass,
  burger: IconBurger,
  confetti: IconConfetti,
  cookie: IconCookie,
  dots: IconDots,
  coffee: IconCoffee,
  pizza: IconPizza,
  soup: IconSoup,
  fish: IconFish,
  salad: IconSalad,
  'ice-cream': IconIceCream,
  cake: IconCake,
  beer: IconBeer,
  bottle: IconBottle,
  meat: IconMeat,
  bread: IconBread,
  egg: IconEgg,
  apple: IconApple,
  'truck-delivery': IconTruckDelivery,
  briefcase: IconBriefcase,
  gift: IconGift,
  heart: IconHeart,
  home: IconHome,
  plane: IconPlane,
  school: IconSchool,
  star: IconStar,
  users: IconUsers,
  receipt: IconReceipt,
};

interface Look {
  colour?: string | null;
  icon?: string | null;
}

/** A category's own colour, set so that style sheets can soften it for the dark theme (--category). */
export function categoryStyle(colour?: string | null): CSSProperties {
  return { '--own': colour ?? '#8a7f73' } as CSSProperties;
}

export function CategoryIcon({ category, size = 36 }: { category?: Look; size?: number }) {
  const Glyph = (category?.icon && ICONS[category.icon]) || IconCircleDashed;
  return (
    <span
      className={classes.tile}
      style={{ ...categoryStyle(category?.colour), width: size, height: size }}
      aria-hidden
    >
      <Glyph size={Math.round(size * 0.56)} stroke={1.7} />
    </span>
  );
}

export function CategoryDot({ colour }: { colour?: string | null }) {
  return <span className={classes.dot} style={categoryStyle(colour)} aria-hidden />;
}
