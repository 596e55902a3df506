for (;;);

export {};
