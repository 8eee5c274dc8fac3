import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y-x';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import { readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';

/** Imports flow one way: lib, api, components/ui → features → app. */
const direction = (files, forbidden, because) => ({
  files,
  ignores: ['**/*.test.*', 'src/testing/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { group: forbidden, message: because },
          { group: ['@/testing/**'], message: 'Test support never ships.' },
        ],
      },
    ],
  },
});

const features = readdirSync(new URL('./src/features', import.meta.url));

export default tseslint.config(
  { ignores: ['dist', 'target', 'src/api/generated', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  a11y.configs.recommended,
  {
    plugins: { 'react-hooks': hooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { globals: globals.browser },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // scrolling regions take the focus so that the arrow keys reach what is beyond their edge
      'jsx-a11y-x/no-noninteractive-tabindex': ['error', { tags: [], roles: ['tabpanel', 'region'] }],
      // the add sheet and dialogs move the focus to their first field on purpose
      'jsx-a11y-x/no-autofocus': 'off',
      'no-restricted-globals': [
        'error',
        {
          name: 'fetch',
          message: 'Requests go through src/api/transport.ts, which knows about sessions and tokens.',
        },
      ],
    },
  },
  {
    files: ['src/api/transport.ts', 'src/api/renewal.ts', 'src/testing/**', 'e2e/**', '**/*.test.*'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    files: ['src/**'],
    ignores: ['src/components/ui/on-demand.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportSpecifier[imported.name=/^(lazy|lazyRouteComponent)$/]',
          message: 'onDemand knows what to do when code does not come.',
        },
      ],
    },
  },
  { files: ['public/**'], languageOptions: { globals: globals.browser } },
  {
    files: ['scripts/**', '*.{js,cjs,ts}', 'e2e/**', 'src/testing/**'],
    languageOptions: { globals: globals.node },
  },
  direction(
    ['src/lib/**'],
    ['@/api/**', '@/components/**', '@/features/**', '@/app/**'],
    'lib knows nobody.',
  ),
  direction(['src/api/**'], ['@/components/**', '@/features/**', '@/app/**'], 'api knows lib only.'),
  direction(['src/components/**'], ['@/features/**', '@/app/**'], 'components/ui know lib and api only.'),
  ...features.map((own) =>
    direction(
      [`src/features/${own}/**`],
      [
        '@/app/**',
        '../../*',
        ...features.filter((other) => other !== own).map((other) => `@/features/${other}/**`),
      ],
      'Features know neither each other nor the app.',
    ),
  ),
);
