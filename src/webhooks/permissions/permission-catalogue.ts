/** A permission that the application knows, beside those that its routes require. */
export interface PermissionDefinition {
  /** `resource:action`. */
  permission: string;
  /** What it lets a key do, in a sentence. */
  description?: string | undefined;
}
