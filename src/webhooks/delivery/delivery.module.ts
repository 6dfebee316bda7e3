import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { QueueModule } from '../../queue/queue.module';
import { EndpointsModule } from '../endpoints/endpoints.module';
import { Admission } from './admission';
import { AdmissionRepository } from './admission.repository';
import { AttemptRunner } from './attempt.runner';
import { AttemptSender } from './attempt.sender';
import { DeliveryProcessor } from './delivery.processor';
import { DeliveryQueue } from './delivery.queue';
import { DeliveryRepository } from './delivery.repository';
import { DeliveryService } from './delivery.service';
import { DeliveryWorker } from './delivery.worker';
import { DiagnosisRepository } from './diagnosis.repository';
import { DiagnosisService } from './diagnosis.service';
import { EndpointCacheRepository } from './endpoint-cache.repository';
import { EndpointWatch } from './endpoint-watch';
import { LeaseKeeper } from './lease-keeper';
import { QueueInspection } from './queue-inspection.queue';
import { QueueRebuildRepository } from './queue-rebuild.repository';
import { QueueRebuildService } from './queue-rebuild.service';
import { Reconciler } from './reconciler';
import { TestSendRepository } from './test-send.repository';

/** From a PENDING row to SENT or FAILED. */
@Module({
  imports: [DatabaseModule, QueueModule, EndpointsModule],
  providers: [
    EndpointCacheRepository,
    DeliveryRepository,
    AdmissionRepository,
    TestSendRepository,
    DeliveryQueue,
    Admission,
    EndpointWatch,
    AttemptSender,
    AttemptRunner,
    LeaseKeeper,
    DeliveryProcessor,
    DeliveryWorker,
    Reconciler,
    DeliveryService,
    QueueInspection,
    QueueRebuildRepository,
    QueueRebuildService,
    DiagnosisRepository,
    DiagnosisService,
  ],
  exports: [DeliveryService],
})
export class DeliveryModule {}
