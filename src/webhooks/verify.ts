/** `webhooks-module/verify`: for receivers. It needs nothing but node:crypto. */
export {
  verifySignature,
  type Verification,
  type VerificationFailure,
  type VerificationInput,
} from './delivery/signature';
