/** The web shell's own suite, unchanged, on the windows of the desktop program. */
process.env.TILLIT_SHELL = 'desktop';
await import('../browser/register.test.ts');
