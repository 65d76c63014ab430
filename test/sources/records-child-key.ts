/** Of catalogs that a child process opens, too. */
export const CHILD_KEY = Buffer.alloc(32, 7);
