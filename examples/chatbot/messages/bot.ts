import { Injectable } from '@nestjs/common';

/** What the chatbot says. Yours knows more. */
@Injectable()
export class Bot {
  answer(content: string): string {
    return `You said: ${content}`;
  }
}
