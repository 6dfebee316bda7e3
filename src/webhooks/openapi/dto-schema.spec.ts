import 'reflect-metadata';
import { Allow, IsIn, IsInt, IsPositive, Max, ValidateIf } from 'class-validator';
import { IsPlainText, IsTime, MayBeAbsent } from '../http/validators';
import { ApiField } from './api-field.decorator';
import { dtoFields, dtoSchema } from './dto-schema';
import { components, exampleOf } from './schema';

class PartDto {
  @ApiField('How many.', { example: 3 })
  @IsInt()
  @Max(9)
  count!: number;
}

class BaseDto {
  @ApiField('Inherited.', { example: 'x' })
  @IsPlainText(20)
  name!: string;
}

class SampleDto extends BaseDto {
  @ApiField('May be left out.')
  @MayBeAbsent('from')
  @IsTime()
  from?: string;

  @ApiField('May be null.', { nested: PartDto })
  @ValidateIf((dto: SampleDto) => dto.part !== undefined && dto.part !== null)
  part?: PartDto | null;

  @ApiField('Has a default.')
  @IsIn(['a', 'b'])
  kind: 'a' | 'b' = 'a';

  @ApiField('Checked elsewhere.', { schema: { type: 'number' } })
  @Allow()
  free?: number;
}

it('takes what a property is from its validators, inherited ones too', () => {
  const fields = Object.fromEntries(dtoFields(SampleDto).map(({ name, ...field }) => [name, field]));
  expect(fields).toEqual({
    name: {
      required: true,
      schema: {
        type: 'string',
        minLength: 1,
        maxLength: 20,
        pattern: '\\S',
        description: 'Inherited.',
        examples: ['x'],
      },
    },
    from: {
      required: false,
      schema: {
        type: 'string',
        anyOf: [{ format: 'date-time' }, { format: 'date' }],
        description: 'May be left out.',
      },
    },
    part: {
      required: false,
      schema: {
        anyOf: [{ $ref: '#/components/schemas/Part' }, { type: 'null' }],
        description: 'May be null.',
      },
    },
    kind: {
      required: false,
      schema: { type: 'string', enum: ['a', 'b'], description: 'Has a default.', default: 'a' },
    },
    free: { required: false, schema: { type: 'number', description: 'Checked elsewhere.' } },
  });
});

it('makes a component of it, which takes no other fields', () => {
  expect(dtoSchema(SampleDto)).toEqual({ $ref: '#/components/schemas/Sample' });
  expect(components()['Sample']).toMatchObject({ type: 'object', required: ['name'], additionalProperties: false });
  expect(exampleOf({ $ref: '#/components/schemas/Sample' })).toEqual({ name: 'x', part: { count: 3 } });
});

it('refuses a property that nobody has described', () => {
  class SilentDto {
    @IsInt()
    count!: number;
  }
  expect(() => dtoFields(SilentDto)).toThrow('SilentDto.count has no @ApiField.');
});

it('refuses a validator that it does not know: it would be missing in silence', () => {
  class StrangeDto {
    @ApiField('How many.')
    @IsPositive()
    count!: number;
  }
  expect(() => dtoFields(StrangeDto)).toThrow('StrangeDto.count: nothing describes the rule isPositive.');
});

it('refuses two schemas of one name', () => {
  const other = { SampleDto: class SampleDto extends BaseDto {} };
  dtoSchema(SampleDto);
  expect(() => dtoSchema(other.SampleDto)).toThrow('Two schemas are named Sample.');
});
