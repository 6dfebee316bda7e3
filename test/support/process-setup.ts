// Tests that start processes wait for them, each wait with a limit of its own.
jest.setTimeout(120_000);
