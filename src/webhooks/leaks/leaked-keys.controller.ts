import { HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { SwitchedOn } from '../decorators/switched-on.decorator';
import { RestController } from '../http/rest-controller.decorator';
import { takesReports } from './github-keys';
import { readReport, type Feedback } from './github-report';
import { GithubSignatureGuard, type RawBodyRequest } from './github-signature.guard';
import { LeaksService } from './leaks.service';
import { FEEDBACK, REPORT } from './leaks.answers';
import { Operation } from '../openapi/operation.decorator';

/** Where GitHub reports keys that it found. */
@RestController('leaked-keys')
@UseGuards(GithubSignatureGuard)
@SwitchedOn(takesReports)
export class LeakedKeysController {
  constructor(private readonly leaks: LeaksService) {}

  /**
   * GitHub's secret-scanning partner protocol. The body is what was signed, so it is read from the bytes and not from
   * what a body parser made of it.
   */
  @Post('github')
  @Operation('reportLeakedKeys', {
    summary: 'Take a report of GitHub’s secret scanning',
    description:
      'GitHub’s secret-scanning partner protocol. Closed (404) unless the service knows where GitHub publishes its keys.',
    answer: FEEDBACK,
    problems: ['invalid_report', 'too_many_findings'],
    body: REPORT,
  })
  @HttpCode(200)
  async github(@Req() { rawBody }: RawBodyRequest): Promise<Feedback[]> {
    return this.leaks.takeGithubReport(readReport(rawBody ?? Buffer.alloc(0)));
  }
}
