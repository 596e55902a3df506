export {
  checkedOptions,
  httpReply,
  inTurn,
  knownCall,
  sipReply,
  TEST_DOCUMENT_URL,
  type TestContext,
  type TestScene,
  type TestStep,
  testContext,
} from './test-context.ts';
