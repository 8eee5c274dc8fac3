import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';
import { i18n } from '@/lib/i18n';

const tomato: MantineColorsTuple = [
  '#fdf1ec',
  '#fadfd5',
  '#f4bda9',
  '#ee9c80',
  '#e8836a',
  '#d95f3f',
  '#c64a2a',
  '#b23a1e',
  '#932e17',
  '#742312',
];
/** Warm greys: paper, its shades, ink. */
const gray: MantineColorsTuple = [
  '#faf7f2',
  '#f3eee6',
  '#e8e0d5',
  '#d9cfc1',
  '#b9ac9b',
  '#93877a',
  '#7a6f64',
  '#675e55',
  '#48413a',
  '#29241f',
];
const dark: MantineColorsTuple = [
  '#ede6dc',
  '#d6ccc0',
  '#b0a597',
  '#8f8578',
  '#443c35',
  '#332d27',
  '#25201b',
  '#191613',
  '#13110e',
  '#0d0b09',
];

export const theme = createTheme({
  colors: { tomato, gray, dark },
  primaryColor: 'tomato',
  primaryShade: { light: 7, dark: 4 },
  // the accent is dark on paper and light at night, so what stands on it changes with the theme
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input);
    const accent = !input.color || input.color === 'tomato';
    return input.variant === 'filled' && accent ? { ...colours, color: 'var(--on-accent)' } : colours;
  },
  white: '#fffdfa',
  black: '#29241f',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '650' },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '20px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'md', fw: 560 } },
    ActionIcon: { defaultProps: { size: 44, variant: 'subtle', color: 'gray' } },
    CloseButton: { defaultProps: { size: 44, iconSize: 20 } },
    InputWrapper: {
      styles: {
        label: { fontWeight: 530, fontSize: 14.5, marginBottom: 5 },
        error: { fontSize: 14 },
        description: { fontSize: 13.5, marginBottom: 5 },
      },
    },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    Checkbox: { defaultProps: { iconColor: 'var(--on-accent)' } },
    Select: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    TagsInput: { defaultProps: { size: 'md' } },
    Notification: {
      defaultProps: {
        color: 'gray.5',
        radius: 'lg',
        closeButtonProps: { 'aria-label': i18n.t('common.close') },
      },
    },
    Modal: {
      defaultProps: { transitionProps: { duration: 140 }, overlayProps: { backgroundOpacity: 0.45 } },
    },
    Drawer: { defaultProps: { transitionProps: { duration: 160 } } },
    Tooltip: { defaultProps: { openDelay: 400 } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#faf7f2',
    '--mantine-color-text': '#29241f',
    '--mantine-color-dimmed': '#675e55',
    '--mantine-color-placeholder': '#75695d',
    '--mantine-color-default': '#fffdfa',
    '--mantine-color-default-hover': '#f6f1ea',
    '--mantine-color-default-border': '#ddd3c6',
    '--mantine-color-error': '#a8231a',
    '--mantine-color-anchor': '#a33419',
    '--surface': '#fffdfa',
    '--surface-sunken': '#f3eee6',
    '--line': '#e8e0d5',
    '--line-strong': '#cfc3b4',
    '--accent': '#b23a1e',
    '--on-accent': '#fffdfa',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--accent-ink': '#a33419',
    '--accent-wash': '#fbeae2',
    '--good': '#39661b',
    '--amber': '#8a5300',
    '--amber-wash': '#fdf1d8',
    '--danger-wash': '#fbe9e5',
    '--float': '0 12px 40px rgb(64 44 24 / 16%), 0 2px 8px rgb(64 44 24 / 8%)',
    '--muted-line': '#a3978a',
  },
  dark: {
    '--mantine-color-body': '#191613',
    '--mantine-color-text': '#ede6dc',
    '--mantine-color-dimmed': '#b0a597',
    '--mantine-color-placeholder': '#a0968a',
    '--mantine-color-default': '#25201b',
    '--mantine-color-default-hover': '#2e2822',
    '--mantine-color-default-border': '#443c35',
    '--mantine-color-error': '#f29a8c',
    '--mantine-color-anchor': '#f0a08a',
    '--surface': '#211d18',
    '--surface-sunken': '#13110e',
    '--line': '#332d27',
    '--line-strong': '#544a41',
    '--accent': '#e8836a',
    '--on-accent': '#29130c',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--accent-ink': '#f0a08a',
    '--accent-wash': '#3a231b',
    '--good': '#a5cf84',
    '--amber': '#f0c274',
    '--amber-wash': '#382b14',
    '--danger-wash': '#3a201b',
    '--float': '0 16px 48px rgb(0 0 0 / 55%), 0 0 0 1px rgb(255 255 255 / 5%)',
    '--muted-line': '#7d7266',
  },
});
