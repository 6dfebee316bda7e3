import { Module, type DynamicModule } from '@nestjs/common';
import { QueueModule } from '../queue/queue.module';
import { QUEUE_BOARD_TOKEN, QueueBoard } from './queue-board';

/** The queue in a browser, for the operator. */
@Module({})
export class QueueBoardModule {
  static for(operatorToken: string): DynamicModule {
    return {
      module: QueueBoardModule,
      imports: [QueueModule],
      providers: [QueueBoard, { provide: QUEUE_BOARD_TOKEN, useValue: operatorToken }],
    };
  }
}
