import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { MetricsModule } from '../../metrics/metrics.module';
import { QueueModule } from '../../queue/queue.module';
import { EndpointsModule } from '../endpoints/endpoints.module';
import { Admission } from './admission';
import { AdmissionRepository } from './admission.repository';
import { AttemptSender } from './attempt.sender';
import { BacklogGauges } from './backlog.gauges';
import { BacklogRepository } from './backlog.repository';
import { BacklogService } from './backlog.service';
import { DeliveryProcessor } from './delivery.processor';
import { DeliveryQueue } from './delivery.queue';
import { DeliveryRepository } from './delivery.repository';
import { DeliveryService } from './delivery.service';
import { DeliveryWorker } from './delivery.worker';
import { EndpointWatch } from './endpoint-watch';
import { Reconciler } from './reconciler';
import { TestSendRepository } from './test-send.repository';

/** From a PENDING row to SENT or FAILED. */
@Module({
  imports: [DatabaseModule, QueueModule, MetricsModule, EndpointsModule],
  providers: [
    DeliveryRepository,
    AdmissionRepository,
    TestSendRepository,
    DeliveryQueue,
    Admission,
    EndpointWatch,
    AttemptSender,
    DeliveryProcessor,
    DeliveryWorker,
    Reconciler,
    DeliveryService,
    BacklogRepository,
    BacklogService,
    BacklogGauges,
  ],
  exports: [DeliveryService, BacklogService],
})
export class DeliveryModule {}
