/** What is generated from the API description: the content of each file, by its path in the project. */
export function generatedFiles(document: object): Promise<Record<string, string>>;
